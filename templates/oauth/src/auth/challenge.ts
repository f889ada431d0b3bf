// How a refusal looks on the wire: status, WWW-Authenticate challenge, JSON body.
import type { Refusal, RequestProblem } from './problems.js';

export interface ChallengeParameters {
  /** The address of the protected resource metadata (RFC 9728 §5.1). */
  metadataUrl: string;
  /** What clients are told to request (MCP, Authorization: Scope Selection Strategy). */
  scopes: readonly string[];
}

/** In seconds: how soon a client may try again when the provider is the one in trouble. */
const retryAfter = 5;

/** The error code of each problem that is not about the token itself (RFC 6750 §3.1). */
const codes: Partial<Record<RequestProblem, { status: number; error?: string }>> = {
  // A request without credentials gets no error code: there is nothing wrong with it yet.
  token_missing: { status: 401 },
  header_malformed: { status: 400, error: 'invalid_request' },
  scope_missing: { status: 403, error: 'insufficient_scope' },
  provider_unavailable: { status: 503, error: 'temporarily_unavailable' },
};

/** The answer to a refused request. */
export function refuse(refusal: Refusal, { metadataUrl, scopes }: ChallengeParameters): Response {
  const { status, error } = codes[refusal.problem] ?? { status: 401, error: 'invalid_token' };
  const headers = new Headers({ 'cache-control': 'no-store' });
  if (status === 503) headers.set('retry-after', String(retryAfter));
  else {
    headers.set(
      'www-authenticate',
      challenge({
        error,
        error_description: error && refusal.message,
        scope: scopes.length > 0 ? scopes.join(' ') : undefined,
        resource_metadata: metadataUrl,
      }),
    );
  }
  return Response.json(
    { ...(error && { error }), error_description: refusal.message },
    { status, headers },
  );
}

/** Values keep only what RFC 6750 §3 allows in them, so none can end its quoted string. */
function challenge(parameters: Record<string, string | undefined>): string {
  const written = Object.entries(parameters)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${name}="${value.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '')}"`);
  return `Bearer ${written.join(', ')}`;
}
