// A login goes on only in the browser that began it, where it began, and once (RFC 9700 §4.7).
import { describe, expect, it, vi } from 'vitest';
import { Browser } from './support/browser.js';
import { McpClient } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();

/** Goes to the provider and back, but not in. @returns where the provider sent the browser */
async function comeBack(browser: Browser, client: McpClient): Promise<URL> {
  const page = await browser.visit(client.authorizationUrl());
  browser.stopsAt = ({ pathname }) => pathname === '/oauth/callback';
  const { url } = await browser.press(page, 'allow');
  browser.stopsAt = () => false;
  expect(url.searchParams.get('code')).toEqual(expect.any(String));
  return url;
}

/** The address of the question that it is about, with the provider's answer. */
function atQuestion(callback: URL, page: URL): URL {
  const url = new URL(`${page.href}/callback`);
  url.search = callback.search;
  return url;
}

const isLoggedIn = async (browser: Browser) => {
  const page = await browser.visit(`${world.server.url}/oauth/connections`);
  return page.html.includes('Log out here');
};

describe('the answer of the provider is refused', () => {
  it('in another browser', async () => {
    const { server, upstream, browser } = world;
    const callback = await comeBack(browser, await McpClient.register(server));
    const other = new Browser(server);
    const page = await other.visit(callback);
    expect([page.status, page.url.pathname]).toEqual([400, '/oauth/callback']);
    expect(await isLoggedIn(other)).toBe(false);
    expect(upstream.asked.token).toEqual([]);
    // It was not used up either: who began it goes on.
    const { url } = await browser.visit(callback);
    expect(url.searchParams.get('code')).toEqual(expect.any(String));
  });

  it('in another browser, at the question itself', async () => {
    const { server, upstream, browser } = world;
    const callback = await comeBack(browser, await McpClient.register(server));
    const [question] = browser.visited.filter(({ html }) => html.includes('<form'));
    const other = new Browser(server);
    const page = await other.visit(atQuestion(callback, question?.url as URL));
    expect(page.status).toBe(400);
    expect(upstream.asked.token).toEqual([]);
  });

  it('in another browser, at a question of its own (login CSRF)', async () => {
    const { server, upstream, browser } = world;
    const callback = await comeBack(browser, await McpClient.register(server));
    const victim = new Browser(server);
    const question = await victim.visit((await McpClient.register(server)).authorizationUrl());
    const page = await victim.visit(atQuestion(callback, question.url));
    expect([page.status, page.html.includes('does not belong to this login')]).toEqual([403, true]);
    expect(await isLoggedIn(victim)).toBe(false);
    expect(upstream.asked.token).toEqual([]);
  });

  it('at the question about another client, to which the person said nothing', async () => {
    const { server, browser } = world;
    const [client, attacker] = [await McpClient.register(server), await McpClient.register(server)];
    const question = await browser.visit(attacker.authorizationUrl());
    const callback = await comeBack(browser, client);
    const page = await browser.visit(atQuestion(callback, question.url));
    expect([page.status, page.html.includes('does not belong to this login')]).toEqual([403, true]);
    const { url } = await browser.visit(callback);
    expect(url.searchParams.get('code')).toEqual(expect.any(String));
  });

  it('at the page of connections, for a login that a client began', async () => {
    const { server, browser } = world;
    const callback = await comeBack(browser, await McpClient.register(server));
    const there = `${server.url}/oauth/connections/callback${callback.search}`;
    expect((await browser.visit(there)).status).toBe(403);
    expect(await isLoggedIn(browser)).toBe(false);
  });

  it('a second time', async () => {
    const { server, upstream, browser } = world;
    const callback = await comeBack(browser, await McpClient.register(server));
    await browser.visit(callback);
    const page = await browser.visit(callback);
    expect([page.status, page.url.origin]).toEqual([400, server.url]);
    expect(upstream.asked.token).toHaveLength(1);
  });

  it('after ten minutes', async () => {
    const { server, upstream, browser } = world;
    const callback = await comeBack(browser, await McpClient.register(server));
    world.elapse(601);
    expect((await browser.visit(callback)).status).toBe(400);
    expect(upstream.asked.token).toEqual([]);
  });

  it.each(['', 'state=guess&code=x', 'state=a&state=b&code=x', 'error=access_denied'])(
    'when it says only "%s"',
    async (query) => {
      const { server, browser } = world;
      await comeBack(browser, await McpClient.register(server));
      const page = await browser.visit(`${server.url}/oauth/callback?${query}`);
      expect([page.status, page.url.pathname]).toEqual([400, '/oauth/callback']);
    },
  );

  it('when it names another provider (RFC 9207 §2.4, mix-up)', async () => {
    const { server, upstream, browser } = world;
    const callback = await comeBack(browser, await McpClient.register(server));
    callback.searchParams.set('iss', 'https://attacker.example');
    expect((await browser.visit(callback)).status).toBe(403);
    expect(upstream.asked.token).toEqual([]);
  });
});

describe('what one browser began, another cannot go on with', () => {
  it('at the question', async () => {
    const { server, browser } = world;
    const { url } = await browser.visit((await McpClient.register(server)).authorizationUrl());
    const page = await new Browser(server).visit(url);
    expect([page.status, page.html.includes('<form')]).toEqual([400, false]);
  });

  it('after the answer', async () => {
    const { server, browser } = world;
    const client = await McpClient.register(server);
    const page = await browser.visit(client.authorizationUrl());
    browser.stopsAt = ({ pathname }) => /^\/oauth\/authorize\/./.test(pathname);
    const { url } = await browser.press(page, 'deny');
    expect(url.pathname).toMatch(/^\/oauth\/authorize\/./);
    const other = await new Browser(server).visit(url);
    expect([other.status, other.url.origin]).toEqual([400, server.url]);
  });
});

describe('a session', () => {
  it('has a name that nobody knew before (session fixation)', async () => {
    const { server, browser } = world;
    const [host, planted] = [new URL(server.url).host, 'x'.repeat(43)];
    for (const name of ['mcp-session', 'mcp-no-session']) {
      browser.cookies.push({ host, path: '/', name, value: planted });
    }
    await (await McpClient.register(server)).connect(browser);
    const attacker = new Browser(server);
    attacker.cookies.push({ host, path: '/', name: 'mcp-session', value: planted });
    expect(await isLoggedIn(attacker)).toBe(false);
    expect(await isLoggedIn(browser)).toBe(true);
  });

  it('has another name after each login, and the old one is no longer good', async () => {
    const { server, browser } = world;
    const client = await McpClient.register(server);
    await client.connect(browser);
    const before = new Browser(server);
    before.cookies = [...browser.cookies];
    const page = await browser.visit(client.authorizationUrl({ prompt: 'login' }));
    await browser.press(page, 'allow');
    expect(await isLoggedIn(browser)).toBe(true);
    expect(await isLoggedIn(before)).toBe(false);
  });

  it('ends after half a day', async () => {
    const { server, browser } = world;
    await (await McpClient.register(server)).connect(browser);
    world.elapse(12 * 3600 + 1);
    expect(await isLoggedIn(browser)).toBe(false);
  });
});
