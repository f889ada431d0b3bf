// The authorization server that MCP clients meet: oidc-provider, and what joins it to the provider
// that people log in at.
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { log } from '../log.js';
import type { SigningKey } from '../store/keys.js';
import type { Records } from '../store/records.js';
import { LoginEnded } from '../upstream/errors.js';
import type { Logins } from '../upstream/logins.js';
import { createAdapter } from './adapter.js';
import { isOnPublicHost, type Lookup } from './client-documents.js';
import { type Connections, connectionId } from './connections.js';
import { errorPage } from './error-page.js';
import { lifetimes } from './lifetimes.js';
import { loadProvider } from './load-provider.js';
import { limits, type RateLimits } from './rate-limit.js';
import { serverSettings } from './server-settings.js';

export interface ServerParts {
  issuer: string;
  /** The MCP endpoint. */
  resource: string;
  /** Every scope that a token may have. */
  scopes: readonly string[];
  signingKeys: SigningKey[];
  cookieKeys: string[];
  /** What pages say at their end. */
  footer: string;
  records: Records;
  logins: Logins;
  connections: Connections;
  rateLimits: RateLimits;
  /** How client metadata documents are fetched, for tests. */
  documents?: { fetch?: typeof globalThis.fetch; lookup?: Lookup };
}

/** Makes the provider, without the pages that go before it. */
export async function createAuthorizationServer(parts: ServerParts): Promise<Provider> {
  const { issuer, footer, connections, rateLimits, documents = {} } = parts;
  const { Provider, errors } = await loadProvider();
  const common = serverSettings(
    {
      ...parts,
      root: '/oauth',
      algorithm: 'ES256',
      lifetimes,
      showError: (problem) => errorPage({ ...problem, footer }),
    },
    errors,
  );
  const fetchDocument = documents.fetch;

  return new Provider(issuer, {
    ...common,
    ...(fetchDocument && { fetch: fetchDocument }),
    adapter: createAdapter(parts.records, errors.InvalidGrant, connections.endGrant),
    findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
    features: {
      ...common.features,
      revocation: {
        enabled: true,
        // RFC 7009 §2.1: only the client that a token was issued to.
        allowedPolicy: (_ctx, client, token) => token.clientId === client.clientId,
      },
      clientIdMetadataDocument: {
        ...common.features.clientIdMetadataDocument,
        allowFetch: async (ctx: KoaContextWithOIDC, id: string) =>
          (await rateLimits.isWithin(limits.document, ctx.req)) &&
          (await isOnPublicHost(id, documents.lookup)),
      },
    },
    // There is no grant of client credentials here, so it is always a person's token.
    extraTokenClaims: (_ctx, token) => describeLogin(String('grantId' in token && token.grantId)),
  });

  /**
   * The claims of access tokens about the person. Each token is issued only while the login at the
   * provider lasts, so who is locked out there is locked out here when the access token ends.
   */
  async function describeLogin(grantId: string) {
    const id = connectionId(grantId);
    const connection = await connections.find(id);
    if (connection === undefined) throw new errors.InvalidGrant('the connection has ended');
    try {
      await parts.logins.check(connection.login);
    } catch (error) {
      if (!(error instanceof LoginEnded)) {
        // The provider is in trouble; that says nothing about the person.
        log.warn({ reason: (error as Error).message }, 'A login could not be checked');
      } else {
        await connections.end(id);
        throw new errors.InvalidGrant('the login at the provider has ended');
      }
    }
    await connections.renew(id);
    return { ...connection.claims, sid: id };
  }
}
