// Clients are told little about what went wrong; whoever runs the server may know.
import type { errors, Provider } from 'oidc-provider';

interface Reporter {
  /** A client asked for something it cannot have. */
  refused(problem: string): void;
  /** The server itself failed. */
  failed(error: Error): void;
}

export function reportProblems(provider: Provider, { refused, failed }: Reporter): void {
  const explain = (
    _ctx: unknown,
    { message, error_detail, error_description }: errors.OIDCProviderError,
  ) => refused(`${message}, ${error_detail ?? error_description}`);
  provider.on('authorization.error', explain);
  provider.on('grant.error', explain);
  provider.on('registration_create.error', explain);
  provider.on('server_error', (_ctx, error) => failed(error));
}
