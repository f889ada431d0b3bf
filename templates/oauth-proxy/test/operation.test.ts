// A server in operation: behind https, below a path, started again, and with another secret.
import { decodeProtectedHeader } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { loadConfig } from '../src/config.js';
import { log } from '../src/log.js';
import { McpClient, use } from './support/mcp-client.js';
import { describeProvider, provider } from './support/provider-data.js';
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

describe('OAUTH_ALLOWED_USERS', () => {
  const load = (issuer: string, more: Record<string, string> = {}) =>
    loadConfig({
      OAUTH_ISSUER_URL: issuer,
      OAUTH_CLIENT_ID: 'x',
      OAUTH_CLIENT_SECRET: 'x',
      AUTH_SECRET: 's'.repeat(32),
      ...more,
    }).auth.allowedUsers;

  it.each([
    'https://login.example.com',
    'https://login.example.com/0b9fc1fd-8fa3-4d5d-8d2a-9f3c0ad1d0c1/v2.0',
    'https://login.example.com/realms/common',
  ])('is what the provider makes of it, unless somebody says it: %s', (issuer) => {
    expect(load(issuer)).toEqual(['*']);
    expect(load(issuer, { OAUTH_ALLOWED_USERS: '@example.com' })).toEqual(['@example.com']);
  });

  it.each(['common', 'organizations', 'consumers', 'Common'])(
    'has to be said where everybody can log in: %s',
    (tenant) => {
      const issuer = `https://login.microsoftonline.com/${tenant}/v2.0`;
      const failure = /OAUTH_ALLOWED_USERS is required.*\n.*AUTH_SECRET must/s;
      expect(() => load(issuer, { AUTH_SECRET: 'short' })).toThrow(failure);
      expect(load(issuer, { OAUTH_ALLOWED_USERS: '*' })).toEqual(['*']);
    },
  );

  it('has to be said where the provider is for everybody', () => {
    delete provider.allowedUsers;
    expect(() => load('https://login.example.com')).toThrow('OAUTH_ALLOWED_USERS is required');
    describeProvider();
  });
});

const [first, second] = ['1'.repeat(43), '2'.repeat(43)];

describe('started again', () => {
  const world = useWorld({ AUTH_SECRET: first });

  /** Everything that people and clients may hold in their hands while the server is stopped. */
  async function begin() {
    const { server, browser } = world;
    const client = await McpClient.register(server, { client_name: 'Before' });
    const tokens = await client.connect(browser);
    const code = await client.code(browser);
    const question = await browser.visit(client.authorizationUrl({ prompt: 'consent' }));
    browser.stopsAt = ({ pathname }) => pathname === '/oauth/callback';
    const there = await browser.visit(client.authorizationUrl({ prompt: 'login' }));
    const { url: callback } = await browser.press(there, 'allow');
    browser.stopsAt = () => false;
    return { client, tokens, code, question, callback };
  }

  async function restart(secret: string) {
    world.server = await world.server.restart({ AUTH_SECRET: secret });
    return world;
  }

  describe.each([
    ['a restart', first],
    ['a new secret before the old one', `${second},${first}`],
    ['a new secret behind the old one', `${first} ${second}`],
  ])('after %s', (_, secret) => {
    it('everything goes on', async () => {
      const { client, tokens, code, question, callback } = await begin();
      const { server, browser } = await restart(secret);
      expect((await use(server, tokens.access_token)).status).toBe(200);
      expect((await client.exchange(code)).status).toBe(200);
      expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
      // The browser: a question that is open, a login that is under way, and the session.
      for (const answer of [
        await browser.press(question, 'allow'),
        await browser.visit(callback),
      ]) {
        expect(answer.url.searchParams.get('code')).toEqual(expect.any(String));
      }
      const { url } = await browser.visit(client.authorizationUrl());
      expect(url.searchParams.get('code')).toEqual(expect.any(String));
    });
  });

  it('new tokens are signed with the new secret’s key, and the old key is still published', async () => {
    const { client, tokens } = await begin();
    const { server } = await restart(`${second},${first}`);
    const { body } = await client.refresh(tokens.refresh_token);
    const { keys } = (await (await fetch(`${server.url}/oauth/jwks`)).json()) as {
      keys: { kid: string }[];
    };
    const kid = (token: unknown) => decodeProtectedHeader(String(token)).kid;
    expect(keys.map((key) => key.kid)).toEqual([kid(body.access_token), kid(tokens.access_token)]);
    expect(kid(body.access_token)).not.toBe(kid(tokens.access_token));
  });

  it('without the old secret all that was before counts for nothing, and nothing breaks', async () => {
    const complaints = vi.spyOn(log, 'warn');
    const { client, tokens, code, question, callback } = await begin();
    const { server, browser } = await restart(second);
    expect((await use(server, tokens.access_token)).status).toBe(401);
    expect((await client.refresh(tokens.refresh_token)).status).toBe(401);
    expect((await client.exchange(code)).status).toBe(401);
    expect((await browser.press(question, 'allow')).status).toBe(400);
    expect((await browser.visit(callback)).status).toBe(400);
    expect((await browser.visit(client.authorizationUrl())).html).toContain(
      'not known here any more',
    );
    const text = complaints.mock.calls
      .flat()
      .filter((fact) => String(fact).includes('AUTH_SECRET'));
    expect(text).toHaveLength(1);
    await (await McpClient.register(server)).connect(browser);
  });

  it('what was used before the change needs the old secret no longer', async () => {
    const { client, tokens } = await begin();
    await restart(`${second},${first}`);
    const { body } = await client.refresh(tokens.refresh_token);
    await restart(second);
    expect((await use(world.server, String(body.access_token))).status).toBe(200);
    expect((await client.refresh(String(body.refresh_token))).status).toBe(200);
  });
});
