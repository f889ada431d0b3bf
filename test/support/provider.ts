// A real OpenID provider on loopback that can be told to misbehave.
import { createPrivateKey, sign } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import type { ClientMetadata, Configuration } from 'oidc-provider';

/** What goes wrong; everything may be changed while the provider runs. */
interface Faults {
  /** Connections are cut. */
  down: boolean;
  /** Milliseconds before each answer. */
  delay: number;
  /** The metadata names this issuer. */
  claimedIssuer: string | undefined;
  /** These keys stand in the JWKS before the real ones. */
  oddKeys: object[];
  /** Only these well-known documents exist; undefined: all that oidc-provider has. */
  locations: string[] | undefined;
}

export interface TestProvider extends AsyncDisposable {
  issuer: string;
  faults: Faults;
  /** Requests so far, by path. */
  asked: Record<string, number>;
  /** Signs with a new key from now on; the old one is no longer published. */
  rotateKeys(): Promise<void>;
  /** A token from the token endpoint, by the client credentials grant. */
  issueToken(resource: string, scope?: string): Promise<string>;
  /** A JWT of anything, signed with its key. */
  sign(header: object, claims: object): string;
  /** What it publishes of its key. */
  publicKey(): JWK;
  /** For whatever else may go wrong with it. */
  server: Server;
}

const client = { client_id: 'robot', client_secret: 'the robot has a long enough secret' };

/** The credentials of a server that asks about opaque tokens. */
export const resourceServer = {
  client_id: 'server',
  client_secret: 'and so does the server, of course',
};

/**
 * @param path below the origin, for issuers with a path
 * @param format what access tokens are
 */
export async function startProvider(
  path = '',
  format: 'jwt' | 'opaque' = 'jwt',
): Promise<TestProvider> {
  const { Provider } = await importQuietly();
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const issuer = `${origin}${path}`;

  let key = await createKey();
  let provider = new Provider(issuer, configure(key, format));
  const faults: Faults = {
    down: false,
    delay: 0,
    claimedIssuer: undefined,
    oddKeys: [],
    locations: undefined,
  };
  const asked: Record<string, number> = {};

  server.on('request', async (request, response) => {
    const url = request.url ?? '/';
    asked[url] = (asked[url] ?? 0) + 1;
    if (faults.down) return void request.socket.destroy();
    if (faults.delay > 0) await new Promise((resolve) => setTimeout(resolve, faults.delay));
    if (url.includes('/.well-known/')) return answerMetadata(url, response);
    if (url === `${path}/jwks`) {
      return sendJson(response, { keys: [...faults.oddKeys, publicPart(key)] });
    }
    serve(request, response);
  });

  function serve(request: IncomingMessage, response: ServerResponse): void {
    request.url = (request.url ?? '/').slice(path.length);
    // oidc-provider takes the path it is mounted at from what the framework around it stripped.
    Object.assign(request, { originalUrl: `${path}${request.url}` });
    void provider.callback()(request, response);
  }

  function answerMetadata(url: string, response: ServerResponse): void {
    const locations = faults.locations ?? [`${path}/.well-known/openid-configuration`];
    if (!locations.includes(url)) return void response.writeHead(404).end();
    sendJson(response, {
      issuer: faults.claimedIssuer ?? issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
      introspection_endpoint: `${issuer}/token/introspection`,
      registration_endpoint: `${issuer}/reg`,
      response_types_supported: ['code'],
      code_challenge_methods_supported: ['S256'],
    });
  }

  return {
    issuer,
    faults,
    asked,
    async rotateKeys() {
      key = await createKey();
      provider = new Provider(issuer, configure(key, format));
    },
    async issueToken(resource, scope = 'mcp:use') {
      const response = await fetch(`${issuer}/token`, {
        method: 'POST',
        headers: {
          authorization: `Basic ${btoa(`${client.client_id}:${encodeURIComponent(client.client_secret)}`)}`,
        },
        body: new URLSearchParams({ grant_type: 'client_credentials', resource, scope }),
      });
      const { access_token: token } = (await response.json()) as { access_token?: string };
      if (token === undefined) throw new Error(`No token: status ${response.status}`);
      return token;
    },
    sign(header, claims) {
      const parts = [{ alg: 'ES256', kid: key.kid, ...header }, claims];
      const signed = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
      const signature = sign('sha256', Buffer.from(signed.join('.')), {
        key: createPrivateKey({ key: { ...key }, format: 'jwk' }),
        dsaEncoding: 'ieee-p1363',
      });
      return [...signed, signature.toString('base64url')].join('.');
    },
    publicKey: () => publicPart(key),
    server,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function configure(key: JWK, format: 'jwt' | 'opaque'): Configuration {
  const machine = {
    grant_types: ['client_credentials'],
    redirect_uris: [],
    response_types: [],
    id_token_signed_response_alg: 'ES256',
  } satisfies Partial<ClientMetadata>;
  return {
    jwks: { keys: [key] } as NonNullable<Configuration['jwks']>,
    clients: [
      { ...client, ...machine },
      { ...resourceServer, ...machine },
    ],
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    features: {
      devInteractions: { enabled: false },
      clientCredentials: { enabled: true },
      introspection: { enabled: true, allowedPolicy: () => true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_ctx, resource) => ({
          scope: 'openid mcp:use mcp:admin',
          audience: resource,
          accessTokenFormat: format,
          ...(format === 'jwt' && { jwt: { sign: { alg: 'ES256' } } }),
        }),
      },
    },
  };
}

async function createKey(): Promise<JWK> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  return { ...(await exportJWK(privateKey)), kid: crypto.randomUUID(), alg: 'ES256', use: 'sig' };
}

function publicPart({ d: _, ...key }: JWK): JWK {
  return key;
}

function sendJson(response: ServerResponse, body: object): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
}

/** oidc-provider warns about Node 20, where it runs well, and about what tests do on purpose. */
export async function importQuietly() {
  console.warn = () => {};
  console.info = () => {};
  return import('oidc-provider');
}
