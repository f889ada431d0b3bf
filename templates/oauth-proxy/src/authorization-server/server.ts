// The authorization server that MCP clients meet: oidc-provider, and what joins it to the provider
// that people log in at.
import type { Provider } from 'oidc-provider';
import { log } from '../log.js';
import type { SigningKey } from '../store/keys.js';
import type { Records } from '../store/records.js';
import { LoginEnded } from '../upstream/errors.js';
import type { Logins } from '../upstream/logins.js';
import { createAdapter } from './adapter.js';
import { documentRules } from './client-documents.js';
import { type Connections, connectionId } from './connections.js';
import { errorPage } from './error-page.js';
import { lifetimes } from './lifetimes.js';
import { loadProvider } from './load-provider.js';
import { createPublicFetch, type Internet } from './public-fetch.js';
import type { RateLimits } from './rate-limit.js';
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
  /** How what clients name is fetched. */
  documents: Internet;
}

/** Makes the provider, without the pages that go before it. */
export async function createAuthorizationServer(parts: ServerParts): Promise<Provider> {
  const { issuer, footer, records, connections } = parts;
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

  const prefix = issuer.startsWith('https:') ? '__Secure-' : '';

  return new Provider(issuer, {
    ...common,
    cookies: {
      ...common.cookies,
      // Bound to the path of one login, which `__Host-` cookies cannot be (RFC 6265bis §4.1.3).
      names: {
        session: `${prefix}mcp-no-session`,
        interaction: `${prefix}mcp-interaction`,
        resume: `${prefix}mcp-resume`,
      },
    },
    fetch: createPublicFetch(parts.documents),
    // In bytes; a JWK Set would otherwise be read however long it is.
    fetchResponseBodyLimits: { jwks_uri: 64 * 1024 },
    adapter: createAdapter(records, errors.InvalidGrant, connections.endGrant),
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
        ...documentRules(records, parts.rateLimits),
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
      if (!(error instanceof LoginEnded)) throw error;
      const { user: subject, clientId } = connection;
      log.info(
        { ...error.details, subject, clientId },
        'A login has ended, and with it a connection',
      );
      await connections.end(id);
      throw new errors.InvalidGrant('the login at the provider has ended');
    }
    await connections.renew(id);
    return { ...connection.claims, sid: id };
  }
}
