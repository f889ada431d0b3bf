// A server as the world sees it: https, behind a reverse proxy, perhaps below a path.
import { describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../src/config.js';
import { McpClient, use } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const origin = 'https://mcp.example.com';

describe.each([
  ['', 'as it is'],
  ['/base', 'as it is'],
  ['/base', 'taken away by the proxy'],
  ['/several/parts', 'as it is'],
])('at %j, the path %s', (base, handling) => {
  const world = useWorld({ PUBLIC_URL: `${origin}${base}` });

  function start() {
    const { server } = world;
    if (handling !== 'as it is') {
      const { fetch: ask } = server;
      server.fetch = (input, init) =>
        ask(String(input).replace(`${origin}${base}/`, `${origin}/`), init);
    }
    return server;
  }

  it('a client finds the way in, and gets a token that is good', async () => {
    const server = start();
    const { url, endpoint, fetch } = server;
    expect(endpoint).toBe(`${origin}${base}/mcp`);
    // Inserted (RFC 8414 §3.1) and appended (OpenID Connect Discovery §4).
    for (const address of [
      `${origin}/.well-known/oauth-authorization-server${base}`,
      `${origin}/.well-known/openid-configuration${base}`,
      `${origin}${base}/.well-known/openid-configuration`,
    ]) {
      const metadata = (await (await fetch(address)).json()) as Record<string, unknown>;
      expect(metadata.issuer).toBe(url);
      const endpoints = Object.entries(metadata).filter(([name]) => /_(endpoint|uri)$/.test(name));
      expect(endpoints).toHaveLength(5);
      for (const [, value] of endpoints) expect(value).toMatch(`${url}/oauth/`);
    }
    const { browser, upstream } = world;
    browser.server.fetch = server.fetch;
    const client = await McpClient.register(server);
    const { access_token: token } = await client.connect(browser);
    expect((await use(server, token)).status).toBe(200);
    const asked = upstream.asked.authorize[0];
    expect(asked?.get('redirect_uri')).toBe(`${url}/oauth/callback`);
    for (const { url: visited } of browser.visited) {
      if (visited.origin !== upstream.issuer) expect(visited.href).toMatch(`${url}/oauth/`);
    }
    const page = await browser.visit(`${url}/oauth/connections`);
    const ended = await browser.press(page, 'end');
    expect(ended.url.href).toBe(`${url}/oauth/connections`);
    expect((await use(server, token)).status).toBe(401);
  });

  it('its cookies are for this host, https and itself alone', async () => {
    const server = start();
    const { browser } = world;
    browser.server.fetch = server.fetch;
    await (await McpClient.register(server)).connect(browser);
    const set = browser.cookiesSet.filter((cookie) => !/expires=Thu, 01 Jan 1970/i.test(cookie));
    expect(set.length).toBeGreaterThan(3);
    for (const cookie of set) {
      expect(cookie).toMatch(/; secure/i);
      expect(cookie).toMatch(/; httponly/i);
      expect(cookie).toMatch(/; samesite=lax/i);
      expect(cookie).not.toMatch(/; domain/i);
      // RFC 6265bis §4.1.3: what is not for the whole host can only be `__Secure-`.
      expect(cookie).toMatch(/; path=\/(;|$)/i.test(cookie) ? /^__Host-/ : /^__Secure-/);
    }
  });
});

describe('PUBLIC_URL', () => {
  const settings = {
    OAUTH_ISSUER_URL: 'https://login.example.com',
    OAUTH_CLIENT_ID: 'x',
    OAUTH_CLIENT_SECRET: 'x',
    AUTH_SECRET: 's'.repeat(32),
  };

  it('has to be https, except on this machine', () => {
    const load = (url: string) => () => loadConfig({ ...settings, PUBLIC_URL: url });
    expect(load('http://mcp.example.com')).toThrow('PUBLIC_URL must be an https URL');
    expect(load('http://localhost:3000')).not.toThrow();
    expect(load('https://mcp.example.com')).not.toThrow();
  });

  it('tells how many proxies there are, unless somebody says it', () => {
    const proxies = (more: Record<string, string>) =>
      loadConfig({ ...settings, ...more }).auth.trustedProxies;
    expect(proxies({})).toBe(0);
    expect(proxies({ PUBLIC_URL: origin })).toBe(1);
    expect(proxies({ PUBLIC_URL: origin, TRUSTED_PROXIES: '0' })).toBe(0);
    expect(() => proxies({ TRUSTED_PROXIES: 'all' })).toThrow('TRUSTED_PROXIES');
  });
});
