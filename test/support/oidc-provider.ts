// oidc-provider as somebody would run it for an MCP server: clients register, people log in on its
// own pages. OAUTH.md of a project has the same settings.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import type { Configuration } from 'oidc-provider';
import type { LoginProvider, Preparation } from './login-provider.js';
import { importQuietly } from './provider.js';

const client = { id: 'the-server', secret: 'that nobody else knows' };

export async function startOidcProvider({ mode, url }: Preparation): Promise<LoginProvider> {
  const { Provider } = await importQuietly();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'first', alg: 'RS256', use: 'sig' };
  const provider = new Provider(issuer, {
    ...settingsFor(mode === 'introspection' ? 'opaque' : 'jwt'),
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: mode === 'proxy' ? [`${url}/oauth/callback`] : [],
        response_types: mode === 'proxy' ? ['code'] : [],
        grant_types: mode === 'proxy' ? ['authorization_code', 'refresh_token'] : [],
      },
    ],
    jwks: { keys: [key] } as NonNullable<Configuration['jwks']>,
    cookies: { keys: ['a secret that signs the cookies'] },
  });
  server.on('request', provider.callback());

  return {
    issuer,
    client,
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
