// A provider made of a key pair and a `fetch`, that answers whatever a test wants: no network, no port.
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { createUpstream } from '../../src/upstream/client.js';
import { knownServer, type UpstreamServer } from '../../src/upstream/server-metadata.js';
import type { Pending, Upstream, UpstreamConfig } from '../../src/upstream/upstream.js';
import { provider } from './provider-data.js';

export const client = { id: 'this-server', secret: 'a secret, with: odd + characters' };
export const redirectUri = new URL('https://mcp.example.com/oauth/callback');

/** A request that the provider got. */
export interface Asked {
  url: string;
  headers: Headers;
  /** What the form says, if it is one. */
  form: Record<string, string>;
}

/** What the token endpoint says: members of JSON, or a whole answer. */
export type Answer = Response | object;

export interface FakeProvider {
  server: UpstreamServer;
  /** Every request, in order. */
  asked: Asked[];
  /** What the token endpoint answers to this request, or what it throws. */
  answer: (asked: Asked) => Answer | Promise<Answer>;
  /** What other addresses answer. */
  documents: Record<string, Response | object>;
  fetch: typeof fetch;
  /** An ID token that is good in every way, but for what is given; undefined leaves a claim out. */
  idToken(
    claims?: Record<string, unknown>,
    header?: { alg?: string; kid?: string },
  ): Promise<string>;
  upstream(config?: Partial<UpstreamConfig>, now?: () => number): Promise<Upstream>;
}

/** Made once: RSA keys take their time. */
const ownKeys = generateKeyPair('RS256');

export async function createFakeProvider(
  particular: Partial<UpstreamServer> = {},
  keys = ownKeys,
): Promise<FakeProvider> {
  const { privateKey, publicKey } = await keys;
  const issuer = particular.issuer ?? 'https://login.example.com';
  const server: UpstreamServer = {
    ...(knownServer(issuer) ?? {
      issuer,
      authorization_endpoint: 'https://login.example.com/authorize',
      token_endpoint: 'https://login.example.com/token',
      jwks_uri: 'https://login.example.com/keys',
    }),
    ...particular,
  };
  const key = { ...(await exportJWK(publicKey)), kid: 'k', alg: 'RS256', use: 'sig' };

  const fake: FakeProvider = {
    server,
    asked: [],
    answer: () => ({}),
    documents: { 'https://login.example.com/keys': { keys: [key] } },

    fetch: async (input, init) => {
      const body = init?.body;
      const form = body instanceof URLSearchParams ? Object.fromEntries(body) : {};
      const asked = { url: String(input), headers: new Headers(init?.headers), form };
      fake.asked.push(asked);
      if (init?.redirect !== 'manual') throw new Error('redirects must not be followed');
      const answer =
        asked.url === server.token_endpoint ? await fake.answer(asked) : fake.documents[asked.url];
      if (answer === undefined) return new Response('not here', { status: 404 });
      return answer instanceof Response ? answer.clone() : Response.json(answer);
    },

    idToken(claims = {}, header = {}) {
      const now = Math.floor(Date.now() / 1000);
      const good = { iss: issuer, sub: 'ada', aud: client.id, iat: now, exp: now + 300 };
      const payload = JSON.parse(JSON.stringify({ ...good, ...claims })) as JWTPayload;
      return new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', kid: 'k', ...header })
        .sign(privateKey);
    },

    upstream: (config = {}, now) =>
      createUpstream({
        config: { client, upstreamScopes: provider.upstreamScopes, allowedUsers: ['*'], ...config },
        server,
        redirectUri,
        fetch: fake.fetch,
        ...(now && { now }),
      }),
  };
  return fake;
}

/** The way back from the provider, without the way there. */
export function callbackFor({ state }: Pending, more: Record<string, string> = {}): URL {
  const callback = new URL(redirectUri);
  callback.search = String(new URLSearchParams({ code: 'the-code', state, ...more }));
  return callback;
}

/**
 * A whole login.
 * @param answer what the token endpoint says, besides an access token; for `claims`, also a good ID
 *   token that has them
 */
export async function logIn(
  fake: FakeProvider,
  upstream: Upstream,
  answer: { claims?: Record<string, unknown>; [member: string]: unknown } = {},
) {
  const { pending } = await upstream.begin(upstream.scopes);
  const { claims, ...members } = answer;
  const good = { access_token: 'the-access-token', token_type: 'Bearer' };
  const tokens = claims && { id_token: await fake.idToken({ nonce: pending.nonce, ...claims }) };
  fake.answer = () => ({ ...good, ...tokens, ...members });
  return upstream.finish(callbackFor(pending), pending);
}
