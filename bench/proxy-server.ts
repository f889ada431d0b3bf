/** Servers in proxy mode, and a token of theirs. */
import type { TestUpstream } from '../templates/oauth-proxy/test/support/upstream.js';
import { logInOnce } from './login-client.js';
import { buildGenerated } from './project.js';
import { type Program, type ServerProcess, startServer } from './server-process.js';

/** Builds a server that sends people to `upstream`. */
export function buildProxy(
  workspace: string,
  name: string,
  upstream: TestUpstream,
  options: string[] = [],
  change?: (directory: string) => void,
): Program {
  const mode = ['--provider', 'oidc', '--issuer', upstream.issuer, '--auth-mode', 'proxy'];
  return buildGenerated(workspace, name, [...mode, ...options], change);
}

/** @param store `file:…` or `redis://…` */
export function startProxy(
  program: Program,
  upstream: TestUpstream,
  store: string,
  environment: Record<string, string> = {},
): Promise<ServerProcess> {
  const env = {
    ...upstream.environment,
    TOOLS: '1',
    AUTH_SECRET: 'a-secret-that-is-long-enough-for-keys',
    AUTH_STORE: store,
    // Everybody comes from an address of their own, so that nobody is sent away.
    TRUSTED_PROXIES: '1',
    LOG_LEVEL: 'warn',
    ...environment,
  };
  return startServer({ ...program, env });
}

/** An access token that a server has issued. */
export async function tokenOf({ port }: ServerProcess, upstream: TestUpstream): Promise<string> {
  return (await logInOnce(port, upstream)).accessToken;
}
