// The login of this server, put together: find the provider, get its keys, guard the endpoint.
import type { Config } from '../config.js';
import { log } from '../log.js';
import type { Handler } from '../router.js';
import { discover } from './discovery.js';
import type { Fetching } from './fetch-json.js';
import { createGate, type Gate } from './gate.js';
import { metadataRoutes, metadataUrl } from './metadata.js';
import { advertised, enforced } from './scope-names.js';
import { createVerifier } from './verifier.js';

export interface Auth {
  gate: Gate;
  /** The public documents that lead clients to the login. */
  routes: Record<string, Handler>;
}

/** What the login needs of the world, where that is not Node. */
export type Outside = Partial<Omit<Fetching, 'deadline'>> & { now?: () => number };

/** How long the provider has to answer at start, in milliseconds. */
const patience = 14_000;

/**
 * @param resource the MCP endpoint's public URL
 * @param name what people call this server
 * @throws {SetupError} when the provider cannot be used as it is set up
 */
export async function createAuth(
  config: Config['auth'],
  resource: URL,
  name: string,
  { fetch = globalThis.fetch, background, now }: Outside = {},
): Promise<Auth> {
  const { issuer, audiences, scopes } = config;
  const deadline = AbortSignal.timeout(patience);
  const fetching = { fetch, deadline, ...(background && { background }) };
  const server = await discover(issuer, fetching);
  const url = metadataUrl(resource);
  const verify = await createVerifier({ ...config, server, metadataUrl: url }, fetching, now);
  if (audiences.length === 0) {
    log.warn(
      'OAUTH_AUDIENCE is not set: tokens that are meant for another server are accepted as well',
    );
  }
  log.info({ issuer: server.issuer, audiences, scopes }, 'Tokens of this issuer are accepted');
  const requested = advertised(scopes, audiences);
  // An issuer of several tenants may be a template, which no client could fetch.
  const published = server.issuer.includes('{') ? issuer : server.issuer;
  return {
    gate: createGate(verify, enforced(scopes, audiences), { metadataUrl: url, scopes: requested }),
    routes: metadataRoutes({ resource, scopes: requested, name }, published),
  };
}
