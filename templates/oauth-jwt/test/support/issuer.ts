// An authorization server made of a key pair and a `fetch`: no network, no port.
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { provider } from '../../src/auth/provider.js';
import { audience, goodClaims } from './token.js';

/** The claim in which this provider writes scopes. */
export const scopeClaim = provider.scopeClaims[0] ?? 'scope';

export interface Issuer {
  url: string;
  /** The settings of a server that trusts this issuer. */
  environment: Record<string, string>;
  /** Answers for the issuer; assign `documents` and `down` to make it misbehave. */
  fetch: typeof fetch;
  /** What is served, by URL. */
  documents: Record<string, unknown>;
  down: boolean;
  /** How often each URL was asked for. */
  asked: Record<string, number>;
  /** Makes a new signing key, publishes it, and signs with it from now on. */
  rotate(algorithm?: string): Promise<JWK>;
  /** A token that is good in every way, but for the claims and header given. */
  sign(claims?: JWTPayload, header?: { typ?: string; kid?: string; alg?: string }): Promise<string>;
}

export async function createIssuer(url = 'https://login.example.com'): Promise<Issuer> {
  let key: CryptoKey;
  let jwk: JWK;
  const base = url.replace(/\/$/, '');
  const jwksUri = `${base}/jwks`;
  const issuer: Issuer = {
    url,
    environment: { OAUTH_ISSUER_URL: url, OAUTH_AUDIENCE: audience },
    documents: { [`${base}/.well-known/openid-configuration`]: { issuer: url, jwks_uri: jwksUri } },
    down: false,
    asked: {},

    fetch: async (input, init) => {
      const address = String(input);
      issuer.asked[address] = (issuer.asked[address] ?? 0) + 1;
      if (issuer.down) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
      const document = issuer.documents[address];
      // A redirect would be followed to wherever it leads.
      if (init?.redirect !== 'manual') throw new Error('redirects must not be followed');
      if (document instanceof Response) return document.clone();
      return document === undefined ? new Response('no', { status: 404 }) : Response.json(document);
    },

    async rotate(algorithm = 'ES256') {
      const pair = await generateKeyPair(algorithm, { extractable: true });
      key = pair.privateKey;
      const kid = `key-${Object.keys(issuer.asked).length}-${Math.random()}`;
      jwk = { ...(await exportJWK(pair.publicKey)), kid, alg: algorithm, use: 'sig' };
      issuer.documents[jwksUri] = { keys: [jwk] };
      return jwk;
    },

    sign(claims = {}, header = {}) {
      const now = Math.floor(Date.now() / 1000);
      const defaults = {
        iss: url,
        sub: 'ada',
        ...goodClaims,
        [scopeClaim]: 'mcp:use',
        iat: now,
        exp: now + 300,
      };
      // A claim that is given as undefined is left out.
      const payload = JSON.parse(JSON.stringify({ ...defaults, ...claims })) as JWTPayload;
      return new SignJWT(payload)
        .setProtectedHeader({
          alg: jwk.alg as string,
          kid: jwk.kid as string,
          typ: 'at+jwt',
          ...header,
        })
        .sign(key);
    },
  };
  await issuer.rotate();
  return issuer;
}
