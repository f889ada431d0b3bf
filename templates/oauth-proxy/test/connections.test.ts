// The page where people see whom they have let in, and end it: their own connections only.
import { describe, expect, it, vi } from 'vitest';
import { Browser, type Visited } from './support/browser.js';
import { McpClient, use } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();
const open = (browser = world.browser) => browser.visit(`${world.server.url}/oauth/connections`);
const idsIn = ({ html }: Visited) =>
  [...html.matchAll(/name="connection" value="([^"]+)"/g)].map(([, id]) => id ?? '');

async function register(name: string) {
  return McpClient.register(world.server, { client_name: name });
}

it('shows nothing before the login, and whom this person has let in after it', async () => {
  await (await register('Mine')).connect(new Browser(world.server));
  const other = new Browser(world.server);
  world.upstream.user = { sub: 'bob' };
  await (await register('Not mine')).connect(other);
  world.upstream.user = { sub: 'ada', email: 'ada@example.com' };

  const before = await open();
  expect(before.html).not.toMatch(/Mine|Not mine/);
  const page = await world.browser.press(before, 'log-in');
  expect(page.url.href).toBe(`${world.server.url}/oauth/connections`);
  expect(page.html).toContain('ada@example.com');
  expect(page.html).toContain('Disconnect Mine');
  expect(page.html).not.toContain('Not mine');
});

it('ends one: its tokens at once, and the consent with it', async () => {
  const { server, browser } = world;
  const [one, two] = [await register('One'), await register('Two')];
  const [first, second] = [await one.connect(browser), await two.connect(browser)];
  const page = await browser.press(await open(), 'end', { about: 'Disconnect One' });
  expect(page.html).toContain('Disconnect Two');
  expect(page.html).not.toContain('Disconnect One');

  expect((await use(server, first.access_token)).status).toBe(401);
  expect((await one.refresh(first.refresh_token)).body.error).toBe('invalid_grant');
  expect((await browser.visit(one.authorizationUrl())).html).toContain('Allow One access?');
  expect((await use(server, second.access_token)).status).toBe(200);
  expect((await browser.visit(two.authorizationUrl())).url.searchParams.has('code')).toBe(true);
});

it('logs out in this browser, and ends no connection', async () => {
  const { server, browser } = world;
  const client = await register('One');
  const { access_token: token } = await client.connect(browser);
  const before = new Browser(server);
  before.cookies = [...browser.cookies];
  const page = await browser.press(await open(), 'log-out');
  expect(page.html).toContain('Continue to Acme');
  // Also for who has kept the cookie.
  expect((await open(before)).html).toContain('Continue to Acme');
  expect((await use(server, token)).status).toBe(200);
  expect((await browser.visit(client.authorizationUrl())).html).toContain('Continue to Acme');
});

describe('nobody ends', () => {
  it('what belongs to somebody else', async () => {
    const { server, upstream, browser } = world;
    const { access_token: token } = await (await register('Ada’s')).connect(browser);
    const [id] = idsIn(await open());
    upstream.user = { sub: 'bob' };
    const other = new Browser(server);
    await (await register('Bob’s')).connect(other);
    await other.press(await open(other), 'end', { fields: { connection: id } });
    const stranger = new Browser(server);
    await stranger.press(await open(stranger), 'log-in', {
      fields: { connection: id, decision: 'end' },
    });
    expect((await use(server, token)).status).toBe(200);
  });

  it.each([
    ['without the page’s token', { fields: { form_token: undefined } }],
    ['with a token that was changed', { fields: { form_token: 'x.y' } }],
    ['from another site', { headers: { origin: 'https://attacker.example' } }],
    ['from another site, says the browser', { headers: { 'sec-fetch-site': 'cross-site' } }],
  ])('anything %s', async (_, tampered) => {
    const { server, browser } = world;
    const { access_token: token } = await (await register('One')).connect(browser);
    for (const decision of ['end', 'log-out']) {
      expect((await browser.press(await open(), decision, tampered)).status).toBe(403);
    }
    expect((await use(server, token)).status).toBe(200);
    expect((await open()).html).toContain('Log out here');
  });

  it('anything with the token of another browser, or of a question', async () => {
    const { server, browser } = world;
    const { access_token: token } = await (await register('One')).connect(browser);
    const other = new Browser(server);
    const tokenIn = ({ html }: Visited) => /name="form_token" value="([^"]+)"/.exec(html)?.[1];
    const question = await browser.visit((await register('Two')).authorizationUrl());
    for (const page of [await open(other), question]) {
      const fields = { form_token: tokenIn(page) };
      expect((await browser.press(await open(), 'end', { fields })).status).toBe(403);
    }
    expect((await use(server, token)).status).toBe(200);
  });

  it('anything by an address', async () => {
    const { server, browser } = world;
    const { access_token: token } = await (await register('One')).connect(browser);
    const page = await open();
    const address = new URL(page.url);
    const form = /name="form_token" value="([^"]+)"/.exec(page.html)?.[1] ?? '';
    const query = { decision: 'end', connection: idsIn(page)[0] ?? '', form_token: form };
    address.search = String(new URLSearchParams(query));
    await browser.visit(address);
    expect((await use(server, token)).status).toBe(200);
  });
});

it('a login that was begun here goes on in no other browser, and at no question', async () => {
  const { server, browser } = world;
  const question = await browser.visit((await register('One')).authorizationUrl());
  browser.stopsAt = ({ pathname }) => pathname === '/oauth/callback';
  const { url } = await browser.press(await open(), 'log-in');
  browser.stopsAt = () => false;
  const other = new Browser(server);
  for (const path of ['/oauth/callback', '/oauth/connections/callback']) {
    const page = await other.visit(`${server.url}${path}${url.search}`);
    expect(page.status).toBeGreaterThanOrEqual(400);
  }
  const page = await browser.visit(`${question.url}/callback${url.search}`);
  expect([page.status, page.url.origin]).toEqual([403, server.url]);
  expect((await browser.visit(url)).html).toContain('Log out here');
});

it('a login here that fails says so, and may be tried again', async () => {
  const { upstream, browser, server } = world;
  upstream.refusal = 'access_denied';
  const page = await browser.press(await open(), 'log-in');
  expect([page.status, page.html.includes('The login was refused')]).toEqual([403, true]);
  expect(page.html).toContain(`href="${server.url}/oauth/connections"`);
});
