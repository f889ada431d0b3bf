// An MCP client whose every step a test can look at, or do wrong.
import { createHash, randomBytes } from 'node:crypto';
import { Browser, type Visited } from './browser.js';
import type { TestServer } from './server.js';

/** Where codes come back to. Nothing listens there. */
export const redirectUri = 'http://127.0.0.1:9/callback';

type Parameters = Record<string, string | undefined>;

export interface Tokens {
  access_token: string;
  refresh_token: string;
  scope: string;
  expires_in: number;
}

export class McpClient {
  readonly verifier = randomBytes(32).toString('base64url');

  private constructor(
    readonly server: TestServer,
    readonly id: string,
  ) {}

  /** Registers (RFC 7591). */
  static async register(server: TestServer, metadata: object = {}): Promise<McpClient> {
    const { status, body } = await registration(server, metadata);
    if (status !== 201) throw new Error(`status ${status}: ${JSON.stringify(body)}`);
    return new McpClient(server, String(body.client_id));
  }

  /** A client that is known by the address of its metadata. */
  static at(server: TestServer, id: string): McpClient {
    return new McpClient(server, id);
  }

  /** Where it sends the browser; `parameters` replace the usual ones, undefined removes them. */
  authorizationUrl(parameters: Parameters = {}): URL {
    const url = new URL(`${this.server.url}/oauth/authorize`);
    const all: Parameters = {
      client_id: this.id,
      response_type: 'code',
      redirect_uri: redirectUri,
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      scope: 'mcp:use',
      state: 'the state',
      resource: this.server.endpoint,
      ...parameters,
    };
    for (const [name, value] of Object.entries(all)) {
      if (value !== undefined) url.searchParams.set(name, value);
    }
    return url;
  }

  /** Goes through the whole login. @returns where the browser ends: at the client */
  async logIn(browser = new Browser(this.server), parameters: Parameters = {}): Promise<Visited> {
    const page = await browser.visit(this.authorizationUrl(parameters));
    return page.html === '' ? page : browser.press(page, 'allow');
  }

  /** A code, from a whole login. @throws with the page or the error */
  async code(browser = new Browser(this.server), parameters: Parameters = {}): Promise<string> {
    const { url, html } = await this.logIn(browser, parameters);
    const code = url.searchParams.get('code');
    if (code === null) throw new Error(`${url.search} ${html}`);
    return code;
  }

  /** Asks the token endpoint. */
  async token(parameters: Parameters): Promise<{ status: number; body: Record<string, unknown> }> {
    const body = new URLSearchParams();
    for (const [name, value] of Object.entries({ client_id: this.id, ...parameters })) {
      if (value !== undefined) body.set(name, value);
    }
    const { server } = this;
    const response = await server.fetch(`${server.url}/oauth/token`, { method: 'POST', body });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  /** Gives a token back (RFC 7009). @returns the status */
  async revoke(token: string): Promise<number> {
    const { server, id } = this;
    const body = new URLSearchParams({ client_id: id, token });
    return (await server.fetch(`${server.url}/oauth/revoke`, { method: 'POST', body })).status;
  }

  exchange(code: string, parameters: Parameters = {}) {
    return this.token({
      grant_type: 'authorization_code',
      code,
      code_verifier: this.verifier,
      redirect_uri: redirectUri,
      ...parameters,
    });
  }

  refresh(refreshToken: string, parameters: Parameters = {}) {
    return this.token({ grant_type: 'refresh_token', refresh_token: refreshToken, ...parameters });
  }

  /** Logs in and gets tokens. */
  async connect(browser = new Browser(this.server), parameters: Parameters = {}): Promise<Tokens> {
    const { status, body } = await this.exchange(await this.code(browser, parameters));
    if (status !== 200) throw new Error(`status ${status}: ${JSON.stringify(body)}`);
    return body as unknown as Tokens;
  }
}

export async function registration(server: TestServer, metadata: object) {
  const response = await server.fetch(`${server.url}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Test', redirect_uris: [redirectUri], ...metadata }),
  });
  const body = (await response.json()) as Record<string, unknown>;
  return { status: response.status, headers: response.headers, body };
}

/** Uses a token at the MCP endpoint. */
export async function use({ endpoint, fetch: ask }: TestServer, token: string, tool = 'whoami') {
  const params = { name: tool, arguments: {} };
  const response = await ask(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${token}`,
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
  });
  const challenge = response.headers.get('www-authenticate') ?? '';
  const retryAfter = response.headers.get('retry-after');
  return { status: response.status, challenge, retryAfter, body: await response.json() };
}
