// The login of this server, put together: the provider that people log in at, the authorization
// server that MCP clients meet, and the gate that takes the tokens of the latter.
import type { AuthInfo } from '@modelcontextprotocol/server';
import { createAuthorization } from '../authorization-server/index.js';
import type { Internet } from '../authorization-server/public-fetch.js';
import type { Config } from '../config.js';
import { log } from '../log.js';
import type { App, Handler } from '../router.js';
import { openStore } from '../store/open-store.js';
import { troubleOf } from '../upstream/access.js';
import { createUpstream } from '../upstream/client.js';
import { LoginEnded } from '../upstream/errors.js';
import { knownServer } from '../upstream/server-metadata.js';
import { factsOf } from './caller.js';
import { refuse } from './challenge.js';
import { discover } from './discovery.js';
import { createGate, type Gate } from './gate.js';
import { metadataRoutes, metadataUrl } from './metadata.js';
import { Refusal } from './problems.js';
import { advertised, enforced } from './scope-names.js';
import { createVerifier } from './verifier.js';

export interface Auth {
  gate: Gate;
  /** The refusal of a request for which a tool got no token of the provider. */
  refuseLate(caller: AuthInfo): Response | undefined;
  /** The public documents that lead clients to the login. */
  routes: Record<string, Handler>;
  /** The login itself. */
  intercept: NonNullable<App['intercept']>;
  close(): Promise<void>;
}

/** What the login needs of the world. */
export interface Outside {
  /** Reaches the provider. */
  fetch?: typeof globalThis.fetch;
  /** In milliseconds. */
  now?: () => number;
  /** How client metadata documents are fetched, and keys that these name. */
  documents?: Internet;
}

/** How long the provider has to answer at start, in milliseconds. */
const patience = 14_000;

/**
 * @param resource the MCP endpoint's public URL
 * @param name what people call this server
 * @throws {StartupError} when the provider or the store cannot be used as it is set up
 */
export async function createAuth(
  config: Config['auth'],
  resource: URL,
  name: string,
  { fetch = globalThis.fetch, now = Date.now, documents = {} }: Outside = {},
): Promise<Auth> {
  const { publicUrl, scopes } = config;
  const fetching = { fetch, deadline: AbortSignal.timeout(patience) };
  const server = knownServer(config.issuer) ?? (await discover(config.issuer, fetching));
  const redirectUri = new URL(`${publicUrl}/oauth/callback`);
  const upstream = await createUpstream({ config, server, redirectUri, fetch, now });
  const store = await openStore(config.store);
  const authorization = await createAuthorization({
    config,
    resource,
    upstream,
    store,
    now,
    documents,
  });
  const requested = advertised(scopes, config.audiences);
  const challenge = { metadataUrl: metadataUrl(resource), scopes: requested };
  const verify = createVerifier(
    {
      keys: authorization.keys,
      issuer: publicUrl,
      resource: resource.href,
      scopes,
      metadataUrl: challenge.metadataUrl,
      hasEnded: authorization.hasEnded,
      upstream: authorization.upstreamTokens,
    },
    now,
  );
  log.info(
    { provider: server.issuer, redirectUri: redirectUri.href, scopes },
    'People log in at the provider; the redirect URI has to be registered there',
  );
  return {
    gate: createGate(verify, enforced(scopes, config.audiences), challenge),
    refuseLate(caller) {
      const trouble = troubleOf(caller);
      if (trouble === undefined) return undefined;
      const hasEnded = trouble instanceof LoginEnded;
      const refusal = new Refusal(hasEnded ? 'session_ended' : 'provider_unavailable');
      const { problem, message } = refusal;
      const subject = factsOf(caller).claims.sub;
      const why = { reason: trouble.message, ...trouble.details };
      const facts = { ...why, problem, subject, clientId: caller.clientId };
      log[hasEnded ? 'info' : 'error'](facts, message);
      return refuse(refusal, challenge);
    },
    routes: metadataRoutes({ resource, scopes: requested, name }, publicUrl),
    intercept: authorization.intercept,
    async close() {
      authorization.close();
      await store.close();
    },
  };
}
