// The login of this server, put together: find the provider, get its keys, guard the endpoint.
import type { AuthConfig } from '../config.js';
import { log } from '../log.js';
import type { Handler } from '../router.js';
import { discover } from './discovery.js';
import { createGate, type Gate } from './gate.js';
import { metadataRoutes, metadataUrl } from './metadata.js';
import { advertised, enforced } from './scopes.js';
import { createVerifier } from './verifier.js';

export interface Auth {
  gate: Gate;
  /** The public documents that lead clients to the login. */
  routes: Record<string, Handler>;
}

/** How long the provider has to answer at start, in milliseconds. */
const patience = 14_000;

/**
 * @param resource the MCP endpoint's public URL
 * @param name what people call this server
 * @throws {SetupError} when the provider cannot be used as it is set up
 */
export async function createAuth(
  { issuer, audience, scopes }: AuthConfig,
  resource: URL,
  name: string,
  { fetch, now }: { fetch?: typeof globalThis.fetch; now?: () => number } = {},
): Promise<Auth> {
  const fetching = { fetch: fetch ?? globalThis.fetch, deadline: AbortSignal.timeout(patience) };
  const server = await discover(issuer, fetching);
  const url = metadataUrl(resource);
  const verify = await createVerifier({ server, audience, metadataUrl: url }, fetching, now);
  if (audience === undefined) {
    log.warn(
      'OAUTH_AUDIENCE is not set: any token of this issuer is accepted, also one meant for another server',
    );
  }
  log.info({ issuer: server.issuer, audience, scopes }, 'Tokens of this issuer are accepted');
  return {
    gate: createGate(verify, enforced(scopes), { metadataUrl: url, scopes: advertised(scopes) }),
    routes: metadataRoutes({ resource, scopes: advertised(scopes), name }, server.issuer),
  };
}
