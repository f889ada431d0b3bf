/** A tiny authorization server: metadata, keys, introspection and signed access tokens, but no login. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export const algorithms = ['RS256', 'ES256'] as const;
export type Algorithm = (typeof algorithms)[number];

export const audience = 'http://localhost:3000/mcp';

const claims = { client_id: 'bench', scope: 'mcp:use' };

export interface Issuer {
  url: string;
  /** @returns an access token (RFC 9068) for `audience` that is valid for an hour */
  sign(algorithm: Algorithm, subject: string): Promise<string>;
  stop(): void;
}

export async function startIssuer(): Promise<Issuer> {
  const pairs = {
    RS256: await generateKeyPair('RS256', { extractable: true }),
    ES256: await generateKeyPair('ES256', { extractable: true }),
  };
  const keys = await Promise.all(
    algorithms.map(async (alg) => ({
      ...(await exportJWK(pairs[alg].publicKey)),
      kid: alg,
      use: 'sig',
      alg,
    })),
  );

  let url = '';
  const answers: Record<string, () => object> = {
    '/jwks': () => ({ keys }),
    // Of any token (RFC 7662 §2.2): that of a server is measured, not this.
    '/introspect': () => ({ active: true, ...claims, iss: url, aud: audience, sub: 'somebody' }),
  };
  const server = createServer((request, response) => {
    const metadata = {
      issuer: url,
      jwks_uri: `${url}/jwks`,
      introspection_endpoint: `${url}/introspect`,
    };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(answers[request.url ?? '']?.() ?? metadata));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    url,
    sign: (alg, subject) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg, kid: alg, typ: 'at+jwt' })
        .setIssuer(url)
        .setAudience(audience)
        .setSubject(subject)
        .setJti(crypto.randomUUID())
        .setIssuedAt()
        .setExpirationTime('1h')
        .sign(pairs[alg].privateKey),
    stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What a generated server needs to accept the tokens of `issuer`, by itself or by asking. */
export function environmentFor(issuer: Issuer): Record<string, string> {
  return {
    OAUTH_ISSUER_URL: issuer.url,
    OAUTH_AUDIENCE: audience,
    OAUTH_SCOPES: 'mcp:use',
    OAUTH_CLIENT_ID: 'bench',
    OAUTH_CLIENT_SECRET: 'bench-secret',
  };
}
