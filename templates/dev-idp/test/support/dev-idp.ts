// A development identity provider of its own for each file of tests, and a client of it.
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, vi } from 'vitest';
import { CookieJar, logIn } from '../../dev/headless-login.js';
import { type IdentityProvider, startIdentityProvider } from '../../dev/identity-provider.js';

export const resource = 'http://localhost:3000/mcp';
export const redirectUri = 'http://127.0.0.1:9/callback';

type Parameters = Record<string, string>;

class DevIdp {
  readonly directory = mkdtempSync(join(tmpdir(), 'dev-idp-'));
  /** What it has logged in this test. */
  lines: string[] = [];
  private running: IdentityProvider | undefined;

  get issuer(): string {
    return String(this.running?.issuer);
  }

  /** Without keeping it: for starts that fail. */
  open(issuer: string): Promise<IdentityProvider> {
    return startIdentityProvider({
      issuer,
      resource,
      scopes: { 'mcp:use': 'Use the tools', 'mcp:admin': 'See how it is doing' },
      defaultScopes: ['mcp:use'],
      directory: this.directory,
      log: (line) => this.lines.push(line),
    });
  }

  async start(issuer = 'http://localhost:0'): Promise<void> {
    this.running = await this.open(issuer);
  }

  async stop(): Promise<void> {
    await this.running?.close();
  }

  async register(metadata: Record<string, unknown> = {}) {
    const response = await fetch(`${this.issuer}/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_name: 'Test', redirect_uris: [redirectUri], ...metadata }),
    });
    return { status: response.status, body: (await response.json()) as Parameters };
  }

  /** Registers a client, and says how it is called. */
  async newClient(metadata: Record<string, unknown> = {}): Promise<string> {
    return String((await this.register(metadata)).body.client_id);
  }

  /** The address that the client opens; `parameters` are added to the usual ones. */
  authorizationUrl(clientId: string, parameters: Parameters = {}, verifier = 'v'.repeat(43)): URL {
    const url = new URL(`${this.issuer}/authorize`);
    url.search = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      state: 'a-state',
      resource,
      ...parameters,
    }).toString();
    return url;
  }

  /** Logs in, and returns what the client is answered. */
  async authorize(
    clientId: string,
    parameters: Parameters = {},
    user = 'Ada L',
    cookies = new CookieJar(),
  ) {
    const verifier = randomBytes(32).toString('base64url');
    const authorizationUrl = this.authorizationUrl(clientId, parameters, verifier);
    const { searchParams } = await logIn({ authorizationUrl, user, cookies });
    const answer: Parameters = Object.fromEntries(searchParams);
    return { ...answer, code: searchParams.get('code'), verifier };
  }

  async requestToken(form: Parameters) {
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams(form),
    });
    return { status: response.status, body: (await response.json()) as Parameters };
  }

  /** Turns what `authorize` returned into tokens. */
  exchange(
    clientId: string,
    { code, verifier }: { code: string | null; verifier: string },
    parameters: Parameters = {},
  ) {
    return this.requestToken({
      grant_type: 'authorization_code',
      client_id: clientId,
      code: String(code),
      code_verifier: verifier,
      redirect_uri: redirectUri,
      ...parameters,
    });
  }

  /** The whole way to the tokens. */
  async redeem(clientId: string, parameters: Parameters = {}) {
    return this.exchange(clientId, await this.authorize(clientId, parameters));
  }

  refresh(clientId: string, refreshToken: string | undefined) {
    const grant = { grant_type: 'refresh_token', refresh_token: String(refreshToken) };
    return this.requestToken({ ...grant, client_id: clientId });
  }

  async verify(token: string | undefined): Promise<JWTPayload> {
    const keys = createRemoteJWKSet(new URL(`${this.issuer}/jwks`));
    const typ = 'at+jwt';
    const options = { issuer: this.issuer, audience: resource, typ, algorithms: ['RS256'] };
    return (await jwtVerify(String(token), keys, options)).payload;
  }
}

/** To be called at the top of a file: it runs before the first test and is gone after the last. */
export function useDevIdp(): DevIdp {
  const idp = new DevIdp();
  beforeAll(() => idp.start());
  beforeEach(() => {
    idp.lines = [];
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
  });
  afterAll(async () => {
    await idp.stop();
    rmSync(idp.directory, { recursive: true });
  });
  return idp;
}
