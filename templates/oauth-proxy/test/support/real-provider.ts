// A certified OpenID provider on loopback, at which one person logs in without being asked.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import type { ClientAuthMethod, Configuration } from 'oidc-provider';
import { metadataShape, type UpstreamServer } from '../../src/upstream/server-metadata.js';

export interface RealProvider extends AsyncDisposable {
  server: UpstreamServer;
  /** The requests of this server, in order. */
  asked: { url: string; form: URLSearchParams; headers: Headers }[];
  /** What this server asks with. */
  fetch: typeof fetch;
  /** Goes to the address as a browser would. @returns the address of the callback, with the answer */
  visit(url: URL, choice?: 'agree' | 'decline'): Promise<URL>;
}

/** @param method how this server authenticates */
export async function startRealProvider(
  client: { id: string; secret: string },
  redirectUri: URL,
  method: ClientAuthMethod = 'client_secret_basic',
): Promise<RealProvider> {
  const { Provider } = await importQuietly();
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const key = { ...(await exportJWK(privateKey)), kid: 'k', alg: 'ES256', use: 'sig' };
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;
  const asked: RealProvider['asked'] = [];
  let choice: 'agree' | 'decline' = 'agree';

  const provider = new Provider(issuer, {
    jwks: { keys: [key] } as NonNullable<Configuration['jwks']>,
    clients: [
      {
        client_id: client.id,
        client_secret: client.secret,
        redirect_uris: [redirectUri.href],
        grant_types: ['authorization_code', 'refresh_token'],
        token_endpoint_auth_method: method,
        id_token_signed_response_alg: 'ES256',
      },
    ],
    clientAuthMethods: [method],
    pkce: { required: () => true },
    scopes: ['openid', 'offline_access', 'profile', 'email', 'mcp:use'],
    claims: { profile: ['name'], email: ['email', 'email_verified'] },
    conformIdTokenClaims: false,
    findAccount: (_ctx, accountId) => ({
      accountId,
      claims: () => ({
        sub: accountId,
        name: 'Ada',
        email: 'ada@example.com',
        email_verified: true,
      }),
    }),
    interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
    issueRefreshToken: async (_ctx, asking) => asking.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    features: { devInteractions: { enabled: false } },
  });

  provider.use(async (ctx, next) => {
    if (!ctx.path.startsWith('/interaction/')) return next();
    const { req, res } = ctx;
    const { grantId, params, prompt } = await provider.interactionDetails(req, res);
    if (choice === 'decline') {
      const refusal = { error: 'access_denied', error_description: 'no, thank you' };
      return provider.interactionFinished(req, res, refusal);
    }
    const grant =
      (grantId && (await provider.Grant.find(grantId))) ||
      new provider.Grant({ accountId: 'ada', clientId: client.id });
    if (prompt.name === 'consent') grant.addOIDCScope(String(params.scope));
    const consent = prompt.name === 'consent' && { consent: { grantId: await grant.save() } };
    return provider.interactionFinished(req, res, { login: { accountId: 'ada' }, ...consent });
  });

  server.on('request', provider.callback());

  const metadata = await fetch(`${issuer}/.well-known/openid-configuration`);
  return {
    server: metadataShape.parse(await metadata.json()),
    asked,
    fetch: (input, init) => {
      const { body, headers } = init ?? {};
      const form = new URLSearchParams(body instanceof URLSearchParams ? body : '');
      asked.push({ url: String(input), form, headers: new Headers(headers) });
      return fetch(input, init);
    },
    async visit(start, chosen = 'agree') {
      choice = chosen;
      const cookies = new Map<string, string>();
      for (let url = start; ; ) {
        const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
        const response = await fetch(url, { redirect: 'manual', headers: { cookie } });
        for (const set of response.headers.getSetCookie()) {
          const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
          cookies.set(name, value);
        }
        const location = response.headers.get('location');
        if (location === null) throw new Error(`${url.pathname}: ${await response.text()}`);
        url = new URL(location, url);
        if (url.href.startsWith(redirectUri.href)) return url;
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** It warns about runtimes on which it runs well, and about what tests do on purpose. */
async function importQuietly() {
  console.warn = () => {};
  console.info = () => {};
  return import('oidc-provider');
}
