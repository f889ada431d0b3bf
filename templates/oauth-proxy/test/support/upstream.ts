// A provider on loopback that people log in at. Everybody there agrees to everything at once; who it
// is, and what goes wrong, a test decides.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface TestUpstream {
  issuer: string;
  /** Settings that make a server use it. */
  environment: Record<string, string>;
  /** Who logs in next. */
  user: { sub: string; email?: string; email_verified?: boolean; name?: string };
  /** Nobody's refresh tokens are good any more. */
  revoked: boolean;
  /** Every answer is a 503. */
  down: boolean;
  /** What it says instead of letting people in: an error code. */
  refusal: string | undefined;
  /** Seconds that access tokens last. */
  lifetime: number;
  /** Changes the token response. */
  tamper(response: Record<string, unknown>): Record<string, unknown>;
  /** Parameters of the authorization and token requests so far. */
  asked: { authorize: URLSearchParams[]; token: URLSearchParams[] };
  /** Tokens of every kind that it has issued. */
  issued: string[];
  /** For whatever else may go wrong with it. */
  server: Server;
  close(): Promise<void>;
}

const client = { id: 'mcp-server', secret: 'a secret that only the two of them know' };

export async function startUpstream(): Promise<TestUpstream> {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  const key = { ...(await exportJWK(publicKey)), kid: 'upstream', alg: 'ES256', use: 'sig' };
  const codes = new Map<string, URLSearchParams>();
  const refreshTokens = new Map<string, string>();
  const server = createServer((request, response) => {
    // Whoever asks may be gone before it is answered.
    answer(request, response).catch(() => response.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const issuer = `http://localhost:${(server.address() as AddressInfo).port}`;

  const upstream: TestUpstream = {
    issuer,
    environment: {
      OAUTH_ISSUER_URL: issuer,
      OAUTH_CLIENT_ID: client.id,
      OAUTH_CLIENT_SECRET: client.secret,
      OAUTH_ALLOWED_USERS: '*',
      OAUTH_USERINFO_URL: `${issuer}/userinfo`,
    },
    user: { sub: 'ada', email: 'ada@example.com', email_verified: true, name: 'Ada Lovelace' },
    revoked: false,
    down: false,
    refusal: undefined,
    lifetime: 3600,
    tamper: (response) => response,
    asked: { authorize: [], token: [] },
    issued: [],
    server,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', issuer);
    if (upstream.down) return void response.writeHead(503).end();
    if (url.pathname.includes('/.well-known/')) return send(response, metadata(issuer));
    if (url.pathname === '/jwks') return send(response, { keys: [key] });
    if (url.pathname === '/userinfo') {
      return upstream.revoked ? send(response, {}, 401) : send(response, upstream.user);
    }
    if (url.pathname === '/authorize') return authorize(url.searchParams, response);
    if (url.pathname !== '/token') return void response.writeHead(404).end();
    let body = '';
    for await (const chunk of request) body += chunk;
    await issue(new URLSearchParams(body), response);
  }

  function authorize(asked: URLSearchParams, response: ServerResponse): void {
    upstream.asked.authorize.push(asked);
    const code = randomBytes(16).toString('hex');
    const back = new URL(asked.get('redirect_uri') ?? '');
    if (upstream.refusal === undefined) {
      codes.set(code, asked);
      back.searchParams.set('code', code);
    } else {
      back.searchParams.set('error', upstream.refusal);
    }
    back.searchParams.set('state', asked.get('state') ?? '');
    back.searchParams.set('iss', issuer);
    response.writeHead(302, { location: back.href }).end();
  }

  async function issue(asked: URLSearchParams, response: ServerResponse): Promise<void> {
    upstream.asked.token.push(asked);
    const code = asked.get('code') ?? '';
    const pending = codes.get(code);
    codes.delete(code);
    const challenge = createHash('sha256').update(asked.get('code_verifier') ?? '');
    const refreshed = refreshTokens.get(asked.get('refresh_token') ?? '');
    const good = pending
      ? challenge.digest('base64url') === pending.get('code_challenge')
      : refreshed !== undefined && !upstream.revoked;
    if (!good) return send(response, { error: 'invalid_grant' }, 400);
    const subject = refreshed ?? upstream.user.sub;
    const accessToken = `upstream-${randomBytes(16).toString('hex')}`;
    const refreshToken = randomBytes(16).toString('hex');
    refreshTokens.set(refreshToken, subject);
    const claims = pending ? { ...upstream.user, nonce: pending.get('nonce') ?? undefined } : {};
    const idToken = await new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'ES256', kid: 'upstream' })
      .setIssuer(issuer)
      .setAudience(client.id)
      .setSubject(subject)
      .setIssuedAt()
      .setExpirationTime('1h')
      .sign(privateKey);
    upstream.issued.push(accessToken, refreshToken, idToken);
    const tokens = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: upstream.lifetime,
      id_token: idToken,
      refresh_token: refreshToken,
    };
    send(response, upstream.tamper(tokens));
  }

  return upstream;
}

function metadata(issuer: string) {
  return {
    issuer,
    authorization_endpoint: `${issuer}/authorize`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    userinfo_endpoint: `${issuer}/userinfo`,
    token_endpoint_auth_methods_supported: ['client_secret_basic'],
    id_token_signing_alg_values_supported: ['ES256'],
    authorization_response_iss_parameter_supported: true,
  };
}

function send(response: ServerResponse, body: object, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
