// A provider on loopback of which everything can be different, as far as the standards allow it.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { type CryptoKey, exportJWK, generateKeyPair, type JWK, SignJWT } from 'jose';

interface Page {
  status?: number;
  headers?: Record<string, string>;
  /** JSON, unless it is text already. */
  body?: object | string;
  /** Stands before the body. */
  before?: string;
  /** It comes in pieces, with pauses of so many milliseconds between them. */
  slowly?: number;
}

export interface Oddities {
  /** Of the issuer; empty, or like `/tenant/` with or without a slash at its end. */
  path?: string;
  /** Where the metadata is; by default, where OpenID Connect appends it. */
  at?: readonly string[];
  /** How the metadata differs; undefined leaves a member out. */
  metadata?: Record<string, unknown>;
  /** How its page differs. */
  page?: Page;
  /** Further pages, by path; they come before the usual ones. */
  pages?: Record<string, Page>;
  /** The published keys, given one of each algorithm with all members. */
  keys?(all: Record<string, JWK>): unknown[];
  /** What tokens are signed with: ES256. */
  alg?: string;
  /** How headers and claims of tokens differ; undefined leaves one out. */
  header?: Record<string, unknown>;
  claims?: Record<string, unknown>;
  /** How the answer of introspection differs; undefined leaves a member out. */
  introspection?: Record<string, unknown>;
  /** How a client has to authenticate there. */
  authentication?: 'basic' | 'post';
}

export interface OddProvider extends AsyncDisposable {
  issuer: string;
  /** A JWT for the endpoint; `opaque` is a token as well. */
  sign(): Promise<string>;
}

export const credentials = { id: 'the server', secret: '100% + a secret: yes' };

const algorithms = ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const pairs = Promise.all(
  algorithms.map(async (alg) => [alg, await createPair(alg)] as const),
).then((entries) => Object.fromEntries(entries));

async function createPair(alg: string): Promise<{ privateKey: CryptoKey; jwk: JWK }> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid: alg, alg, use: 'sig' } };
}

/** @param endpoint what tokens are for */
export async function startOddProvider(odd: Oddities, endpoint: string): Promise<OddProvider> {
  const keys = await pairs;
  const published = Object.fromEntries(Object.entries(keys).map(([alg, { jwk }]) => [alg, jwk]));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const { path = '', alg = 'ES256', authentication } = odd;
  const issuer = `${origin}${path}`;
  const base = path.replace(/\/$/, '');
  const now = Math.floor(Date.now() / 1000);

  const usualClaims = () => ({
    iss: issuer,
    sub: 'ada',
    aud: endpoint,
    client_id: 'a-client',
    scope: 'mcp:use',
    exp: now + 300,
  });
  const usualPages = (): Record<string, Page> => ({
    ...Object.fromEntries(
      (odd.at ?? [`${base}/.well-known/openid-configuration`]).map((place) => [
        place,
        { body: metadata(), ...odd.page },
      ]),
    ),
    [`${base}/jwks`]: { body: { keys: odd.keys?.(published) ?? Object.values(published) } },
  });
  const metadata = () => ({
    issuer,
    authorization_endpoint: `${origin}${base}/authorize`,
    token_endpoint: `${origin}${base}/token`,
    jwks_uri: `${origin}${base}/jwks`,
    introspection_endpoint: `${origin}${base}/introspect`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
    ...odd.metadata,
  });

  async function answer(request: IncomingMessage): Promise<Page> {
    const { pathname } = new URL(request.url ?? '/', origin);
    if (pathname === `${base}/introspect`) return introspect(request);
    return odd.pages?.[pathname] ?? usualPages()[pathname] ?? { status: 404, body: 'nothing' };
  }

  async function introspect(request: IncomingMessage): Promise<Page> {
    const form = new URLSearchParams(await text(request));
    const { authorization } = request.headers;
    const [id, secret] = Buffer.from(authorization?.slice(6) ?? '', 'base64')
      .toString()
      .split(':')
      .map((part) => decodeURIComponent(part.replaceAll('+', ' ')));
    const given = {
      basic: { id, secret },
      post: { id: form.get('client_id'), secret: form.get('client_secret') },
    }[authentication ?? (authorization ? 'basic' : 'post')];
    if (given.id !== credentials.id || given.secret !== credentials.secret) {
      return { status: 401, body: { error: 'invalid_client' } };
    }
    const active = form.get('token') === 'opaque';
    return { body: active ? { active, ...usualClaims(), ...odd.introspection } : { active } };
  }

  server.on('request', async (request, response) => send(await answer(request), response));

  return {
    issuer,
    sign() {
      const { privateKey } = keys[alg] as { privateKey: CryptoKey };
      const claims = JSON.parse(JSON.stringify({ ...usualClaims(), ...odd.claims }));
      return new SignJWT(claims)
        .setProtectedHeader({ alg, kid: alg, typ: 'at+jwt', ...odd.header })
        .sign(privateKey);
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function send(page: Page, response: ServerResponse): Promise<void> {
  const { status = 200, headers = {}, body = '', before = '', slowly } = page;
  const content = before + (typeof body === 'string' ? body : JSON.stringify(body));
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  if (slowly === undefined) return void response.end(content);
  const half = Math.ceil(content.length / 2);
  response.write(content.slice(0, half));
  await pause(slowly);
  response.end(content.slice(half));
}
