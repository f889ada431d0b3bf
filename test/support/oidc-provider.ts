// oidc-provider as somebody would run it for an MCP server: clients register, people log in on its
// own pages. OAUTH.md of a project has the same settings.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import type { ClientMetadata, Configuration } from 'oidc-provider';
import { importQuietly } from './provider.js';

export interface LoginProvider extends AsyncDisposable {
  issuer: string;
  /** Registers a server: it may log people in, if it says where they come back, and introspect. */
  register(client: { id: string; secret: string; redirectUri?: string }): Promise<void>;
}

/** @param format what access tokens are */
export async function startOidcProvider(format: 'jwt' | 'opaque'): Promise<LoginProvider> {
  const { Provider } = await importQuietly();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'first', alg: 'RS256', use: 'sig' };
  const clients: ClientMetadata[] = [];
  const create = () =>
    new Provider(issuer, {
      ...settingsFor(format),
      clients,
      jwks: { keys: [key] } as NonNullable<Configuration['jwks']>,
      cookies: { keys: ['a secret that signs the cookies'] },
    }).callback();
  let handle = create();
  server.on('request', (request, response) => void handle(request, response));

  return {
    issuer,
    async register({ id, secret, redirectUri }) {
      clients.push({
        client_id: id,
        client_secret: secret,
        redirect_uris: redirectUri === undefined ? [] : [redirectUri],
        response_types: redirectUri === undefined ? [] : ['code'],
        grant_types: redirectUri === undefined ? [] : ['authorization_code', 'refresh_token'],
      });
      handle = create();
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function settingsFor(format: 'jwt' | 'opaque'): Configuration {
  return {
    // Those of the server too: clients register with what it tells them to request.
    scopes: ['openid', 'offline_access', 'profile', 'email', 'mcp:use', 'mcp:admin'],
    // Otherwise only clients that request offline_access would stay logged in.
    issueRefreshToken: async (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // Otherwise a client could never request more than it registered with.
    extraClientMetadata: {
      properties: ['scope'],
      validator: (_ctx, _name, _value, metadata) => {
        delete metadata.scope;
      },
    },
    claims: { openid: ['sub'], profile: ['name'], email: ['email', 'email_verified'] },
    // A proxy reads the ID token; without this, claims are at the userinfo endpoint only.
    conformIdTokenClaims: false,
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({
        sub,
        name: 'Ada Lovelace',
        email: 'ada@example.com',
        email_verified: true,
      }),
    }),
    features: {
      registration: { enabled: true },
      introspection: { enabled: true, allowedPolicy: (_ctx, client) => !!client.clientSecret },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_ctx, resource) => ({
          scope: 'mcp:use mcp:admin',
          audience: resource,
          accessTokenFormat: format,
        }),
      },
    },
  };
}
