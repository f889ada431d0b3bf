// A provider made of a `fetch`, for what all ways of checking tokens have in common; the tokens are
// our own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importJWK, type JWTPayload, SignJWT } from 'jose';
import { afterAll } from 'vitest';
import { deriveKeys } from '../../src/store/keys.js';

/** The claim in which scopes are written. */
export const scopeClaim = 'scope';

export interface Issuer {
  /** Of the provider. */
  url: string;
  /** The settings of a server at https://mcp.example.com that logs people in there. */
  environment: Record<string, string>;
  /** Answers for the provider; assign `documents` and `down` to make it misbehave. */
  fetch: typeof fetch;
  /** What is served, by URL. */
  documents: Record<string, unknown>;
  down: boolean;
  /** A token of our own that is good in every way, but for the claims given. */
  sign(claims?: JWTPayload): Promise<string>;
}

const secret = 'a-secret-that-is-long-enough-for-keys';

export async function createIssuer(url = 'https://login.example.com'): Promise<Issuer> {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const [key] = deriveKeys([secret]).signing;
  if (key === undefined) throw new Error('no key');
  const base = url.replace(/\/$/, '');
  const metadata = {
    issuer: url,
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    jwks_uri: `${base}/jwks`,
    userinfo_endpoint: `${base}/userinfo`,
  };
  const issuer: Issuer = {
    url,
    environment: {
      OAUTH_ISSUER_URL: url,
      OAUTH_CLIENT_ID: 'mcp-server',
      OAUTH_CLIENT_SECRET: 'a secret that only the two of them know',
      OAUTH_ALLOWED_USERS: '*',
      AUTH_SECRET: secret,
      AUTH_STORE: `file:${join(folder, 'auth.db')}`,
    },
    documents: { [`${base}/.well-known/openid-configuration`]: metadata },
    down: false,

    fetch: async (input, init) => {
      if (issuer.down) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
      // A redirect would be followed to wherever it leads.
      if (init?.redirect !== 'manual') throw new Error('redirects must not be followed');
      const document = issuer.documents[String(input)];
      if (document instanceof Response) return document.clone();
      return document === undefined ? new Response('no', { status: 404 }) : Response.json(document);
    },

    async sign(claims = {}) {
      const now = Math.floor(Date.now() / 1000);
      const payload = {
        iss: 'https://mcp.example.com',
        aud: 'https://mcp.example.com/mcp',
        sub: 'ada',
        client_id: 'test-client',
        sid: 'a connection',
        scope: 'mcp:use',
        iat: now,
        exp: now + 300,
        ...claims,
      };
      return new SignJWT(payload)
        .setProtectedHeader({ alg: key.alg, kid: key.kid, typ: 'at+jwt' })
        .sign(await importJWK({ ...key }));
    },
  };
  return issuer;
}
