// A decision counts only when the person made it, on a page that was shown to them.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Browser, type Visited } from './support/browser.js';
import { McpClient } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();
let client: McpClient;
/** The question about it, for somebody who is logged in and could agree by one click. */
let page: Visited;

beforeEach(async () => {
  const { server, browser } = world;
  await (await McpClient.register(server)).connect(browser);
  client = await McpClient.register(server);
  page = await browser.visit(client.authorizationUrl());
});

const tokenIn = ({ html }: Visited) => /name="form_token" value="([^"]+)"/.exec(html)?.[1] ?? '';

/** Nothing happened, and the question is still open. */
async function expectRefusal(answer: Visited, status = 403) {
  expect(answer.status).toBe(status);
  expect(answer.url.origin).toBe(world.server.url);
  const { url } = await world.browser.press(page, 'allow');
  expect(url.searchParams.get('code')).toEqual(expect.any(String));
}

it('no other method than those of pages and forms does anything', async () => {
  const { server, browser } = world;
  const known = await McpClient.register(server);
  await known.connect(browser);
  browser.stopsAt = ({ pathname }) => pathname.startsWith('/oauth/interaction/');
  const { url: question } = await browser.visit(known.authorizationUrl());
  for (const path of [question.href, '/oauth/connections', '/oauth/callback?state=x']) {
    const url = new URL(path, server.url);
    for (const method of ['OPTIONS', 'PUT', 'DELETE', 'PATCH']) {
      const headers = { cookie: browser.cookiesFor(url) };
      const response = await server.fetch(url, { method, headers, redirect: 'manual' });
      expect([method, path, response.status]).toEqual([method, path, 405]);
      expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
    }
  }
  browser.stopsAt = () => false;
  const { html } = await browser.visit(`${server.url}/oauth/connections`);
  expect(html.match(/Disconnect/g)).toHaveLength(2);
});

describe('a form does not count', () => {
  it.each([
    ['without its token', () => undefined],
    ['with an empty token', () => ''],
    ['with half a token', (token: string) => token.split('.')[0]],
    ['with a token of another time', (token: string) => `x${token}`],
    ['with a token that was changed', (token: string) => token.replace(/..$/, 'AA')],
  ])('%s', async (_, change) => {
    const fields = { form_token: change(tokenIn(page)) };
    await expectRefusal(await world.browser.press(page, 'allow', { fields }));
  });

  it('with the token of a question about another client', async () => {
    const { server, browser } = world;
    const attacker = await McpClient.register(server);
    const other = await browser.visit(attacker.authorizationUrl());
    const fields = { form_token: tokenIn(other) };
    await expectRefusal(await browser.press(page, 'allow', { fields }));
  });

  it('with the token of the page of connections', async () => {
    const { server, browser } = world;
    const connections = await browser.visit(`${server.url}/oauth/connections`);
    const fields = { form_token: tokenIn(connections) };
    await expectRefusal(await browser.press(page, 'allow', { fields }));
  });

  it('with the token that another browser got for the same question', async () => {
    const { server, browser } = world;
    const thief = new Browser(server);
    // It knows the question by its cookie, but is another browser.
    thief.cookies = browser.cookies.filter(({ name }) => name.startsWith('mcp-interaction'));
    const shown = await thief.visit(page.url);
    expect(tokenIn(shown)).not.toBe('');
    const fields = { form_token: tokenIn(shown) };
    await expectRefusal(await browser.press(page, 'allow', { fields }));
  });

  it.each([
    { origin: 'https://attacker.example' },
    { origin: 'null' },
    { origin: 'http://localhost:1' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
  ])('from another site: %j', async (headers) => {
    await expectRefusal(await world.browser.press(page, 'allow', { headers }));
  });

  it('that is too large', async () => {
    const fields = { more: 'x'.repeat(20_000) };
    await expectRefusal(await world.browser.press(page, 'allow', { fields }), 413);
  });

  it('in the address', async () => {
    const address = new URL(page.url);
    address.search = String(new URLSearchParams({ decision: 'allow', form_token: tokenIn(page) }));
    const shown = await world.browser.visit(address);
    expect([shown.status, shown.html.includes('<form')]).toEqual([200, true]);
  });

  it('where nobody asked', async () => {
    const stranger = new Browser(world.server);
    expect((await stranger.press(page, 'allow')).status).toBe(400);
  });

  it('that says neither yes nor no: it is a no', async () => {
    const { url } = await world.browser.press(page, 'allow', { fields: { decision: 'what' } });
    expect(url.searchParams.get('error')).toBe('access_denied');
  });
});

it('two tabs with the same question both work, and so do two questions', async () => {
  const { server, browser } = world;
  const again = await browser.visit(page.url);
  const other = await browser.visit((await McpClient.register(server)).authorizationUrl());
  expect(tokenIn(again)).not.toBe(tokenIn(page));
  for (const tab of [page, other]) {
    const { url } = await browser.press(tab, 'allow');
    expect(url.searchParams.get('code')).toEqual(expect.any(String));
  }
  const third = await browser.visit(client.authorizationUrl({ prompt: 'consent' }));
  const fourth = await browser.visit(third.url);
  await browser.visit(third.url);
  const { url } = await browser.press(fourth, 'allow');
  expect(url.searchParams.get('code')).toEqual(expect.any(String));
});

it('a page that was shown to nobody leads to the provider, who has logged in since or not', async () => {
  const { server, upstream } = world;
  const browser = new Browser(server);
  const [first, second] = [await McpClient.register(server), await McpClient.register(server)];
  const tabs = [
    await browser.visit(first.authorizationUrl()),
    await browser.visit(second.authorizationUrl()),
  ];
  const before = upstream.asked.authorize.length;
  for (const tab of tabs) {
    const { url } = await browser.press(tab, 'allow');
    expect(url.searchParams.get('code')).toEqual(expect.any(String));
  }
  expect(upstream.asked.authorize.length).toBe(before + 2);
});

describe('a page that was shown to Ada', () => {
  it('does not speak for Bob, who has logged in in another tab since', async () => {
    const { server, upstream, browser } = world;
    expect(page.html).toContain('ada@example.com');
    upstream.user = { sub: 'bob', email: 'bob@example.com' };
    const other = await McpClient.register(server);
    await browser.press(await browser.visit(other.authorizationUrl()), 'other-account');

    const { status, html } = await browser.press(page, 'allow');
    expect([status, html.includes('This page is out of date')]).toEqual([403, true]);
  });

  it('does not speak for nobody, after she has logged out', async () => {
    const { server, browser } = world;
    await browser.press(await browser.visit(`${server.url}/oauth/connections`), 'log-out');
    expect((await browser.press(page, 'allow')).status).toBe(403);
  });
});
