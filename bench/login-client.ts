/** An MCP client and its person's browser, without anything that is not needed for a login. */
import { createHash, randomBytes } from 'node:crypto';
import type { TestUpstream } from '../templates/oauth-proxy/test/support/upstream.js';

const redirectUri = 'http://127.0.0.1:9/callback';

export interface Login {
  clientId: string;
  accessToken: string;
  refreshToken: string;
  remembered: Remembered;
}

/** A browser in which somebody has logged in, and agreed, before. */
export interface Remembered {
  again(): Promise<void>;
}

/** Registers a client, and logs somebody in with it, as if for the first time. */
export async function logInOnce(port: number, upstream: TestUpstream): Promise<Login> {
  const browser = new Browser(`http://127.0.0.1:${port}`);
  const clientId = await browser.register();
  const page = await browser.follow(browser.authorizationUrl(clientId));
  if (!page.text.includes('form_token')) throw new Error(`No consent page: ${page.text}`);
  const leading = await browser.post(page.url, {
    form_token: hiddenIn(page.text),
    decision: 'allow',
  });
  const provider = /content="0;url=([^"]+)"/.exec(leading)?.[1]?.replaceAll('&#38;', '&');
  if (!provider?.startsWith(upstream.issuer)) throw new Error(`Not to the provider: ${leading}`);
  const { url } = await browser.follow(new URL(provider));
  const tokens = await browser.exchange(clientId, url);
  const again = async () => {
    const end = await browser.follow(browser.authorizationUrl(clientId));
    await browser.exchange(clientId, end.url);
  };
  return { clientId, ...tokens, remembered: { again } };
}

/** @returns the next refresh token */
export async function refreshOnce(
  port: number,
  { clientId, refreshToken }: Login,
): Promise<string> {
  const browser = new Browser(`http://127.0.0.1:${port}`);
  const fields = { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken };
  return (await browser.token(fields)).refreshToken;
}

export async function registerOnce(port: number): Promise<void> {
  await new Browser(`http://127.0.0.1:${port}`).register();
}

let requests = 0;

class Browser {
  private readonly cookies = new Map<string, { path: string; pair: string }>();
  private readonly verifier = randomBytes(32).toString('base64url');
  /** Each request comes from an address of its own: one that comes too often is sent away. */
  private get headers() {
    const address = [16, 8, 0].map((bits) => (requests >> bits) & 255).join('.');
    requests++;
    return { 'x-forwarded-for': `10.${address}` };
  }

  constructor(private readonly origin: string) {}

  async register(): Promise<string> {
    const response = await fetch(`${this.origin}/oauth/register`, {
      method: 'POST',
      headers: { ...this.headers, 'content-type': 'application/json' },
      body: JSON.stringify({ client_name: 'Bench', redirect_uris: [redirectUri] }),
    });
    const { client_id: id } = (await response.json()) as { client_id?: string };
    if (id === undefined) throw new Error(`Registration: status ${response.status}`);
    return id;
  }

  authorizationUrl(clientId: string): URL {
    const url = new URL(`${this.origin}/oauth/authorize`);
    url.search = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUri,
      code_challenge: createHash('sha256').update(this.verifier).digest('base64url'),
      code_challenge_method: 'S256',
      scope: 'mcp:use',
      resource: `${this.origin}/mcp`,
    }).toString();
    return url;
  }

  /** Follows redirects up to a page, or to the client. */
  async follow(start: URL): Promise<{ url: URL; text: string }> {
    let url = start;
    while (!url.href.startsWith(redirectUri)) {
      const response = await this.send(url);
      const location = response.headers.get('location');
      if (location === null) return { url, text: await response.text() };
      await response.arrayBuffer();
      url = new URL(location, url);
    }
    return { url, text: '' };
  }

  async post(url: URL, fields: Record<string, string>): Promise<string> {
    const response = await this.send(url, new URLSearchParams(fields));
    return response.text();
  }

  async exchange(clientId: string, { searchParams }: URL) {
    const code = searchParams.get('code');
    if (code === null) throw new Error(`No code: ${searchParams}`);
    return this.token({
      grant_type: 'authorization_code',
      client_id: clientId,
      code,
      code_verifier: this.verifier,
      redirect_uri: redirectUri,
    });
  }

  async token(fields: Record<string, string>) {
    const { headers } = this;
    const body = new URLSearchParams(fields);
    const response = await fetch(`${this.origin}/oauth/token`, { method: 'POST', headers, body });
    const tokens = (await response.json()) as { access_token?: string; refresh_token?: string };
    const { access_token: accessToken, refresh_token: refreshToken } = tokens;
    if (!accessToken || !refreshToken) throw new Error(`No tokens: status ${response.status}`);
    return { accessToken, refreshToken };
  }

  private async send(url: URL, body?: URLSearchParams): Promise<Response> {
    const cookie = [...this.cookies.values()]
      .filter(({ path }) => url.origin === this.origin && url.pathname.startsWith(path))
      .map(({ pair }) => pair)
      .join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { ...this.headers, cookie },
      ...(body && { method: 'POST', body }),
    });
    for (const header of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = header.split(/; */);
      const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? '/';
      const key = `${path} ${pair.split('=')[0]}`;
      if (/expires=Thu, 01 Jan 1970/i.test(header)) this.cookies.delete(key);
      else this.cookies.set(key, { path, pair });
    }
    return response;
  }
}

function hiddenIn(page: string): string {
  return /name="form_token" value="([^"]+)"/.exec(page)?.[1] ?? '';
}
