// Nobody gets access whom the person has not let in: neither a second client, nor one that asks for
// more than before (MCP, Security Best Practices: confused deputy).
import { describe, expect, it, vi } from 'vitest';
import { Browser } from './support/browser.js';
import { McpClient, redirectUri } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const documents = {
  lookup: async () => [{ address: '93.184.215.14' }],
  fetch: async (input: unknown) =>
    Response.json({
      client_id: String(input),
      client_name: 'Documented',
      redirect_uris: [redirectUri, 'https://client.example/callback'],
    }),
};
const world = useWorld({}, { documents });

/** What a page asks, as a person reads it. */
const question = /<h1>Allow (.*) access\?<\/h1>/;
const asks = ({ html }: { html: string }) => question.exec(html)?.[1];

it('nobody is sent to the provider before they have agreed', async () => {
  const { server, upstream, browser } = world;
  const client = await McpClient.register(server, { client_name: 'First' });
  const page = await browser.visit(client.authorizationUrl());
  expect(asks(page)).toBe('First');
  expect(upstream.asked.authorize).toEqual([]);
  await browser.press(page, 'deny');
  expect(upstream.asked.authorize).toEqual([]);
});

it('the page says who asks for what, and where the answer goes', async () => {
  const { server, browser } = world;
  const client = await McpClient.register(server, { client_name: 'First' });
  const page = await browser.visit(client.authorizationUrl({ scope: 'mcp:use mcp:admin' }));
  for (const fact of [
    'Use the tools of this server',
    'See what this server runs on',
    '127.0.0.1:9 (this computer)',
    server.endpoint,
    'Allow this only if you have just started it yourself.',
  ]) {
    expect(page.html).toContain(fact);
  }
});

describe('with somebody logged in', () => {
  it('another client has a question of its own', async () => {
    const { server, browser } = world;
    await (await McpClient.register(server, { client_name: 'First' })).connect(browser);
    // Also one that says that it is the same.
    const second = await McpClient.register(server, { client_name: 'First' });
    const page = await browser.visit(second.authorizationUrl());
    expect(asks(page)).toBe('First');
    expect(page.html).toContain('ada@example.com');
    const { url } = await browser.press(page, 'allow');
    expect(url.searchParams.get('code')).toEqual(expect.any(String));
  });

  it('a client that was let in is not asked about again', async () => {
    const { server, upstream, browser } = world;
    const client = await McpClient.register(server);
    await client.connect(browser, { scope: 'mcp:use mcp:admin' });
    for (const scope of ['mcp:use mcp:admin', 'mcp:use', 'mcp:admin', undefined]) {
      const { url } = await browser.visit(client.authorizationUrl({ scope }));
      expect(url.searchParams.get('code')).toEqual(expect.any(String));
    }
    expect(upstream.asked.authorize).toHaveLength(1);
  });

  it('a client that was refused is asked about again', async () => {
    const { server, browser } = world;
    await (await McpClient.register(server)).connect(browser);
    const client = await McpClient.register(server);
    const page = await browser.visit(client.authorizationUrl());
    await browser.press(page, 'deny');
    expect(asks(await browser.visit(client.authorizationUrl()))).toBe('Test');
  });

  it.each([
    ['wants more', { scope: 'mcp:use mcp:admin' }],
    ['has the answer sent elsewhere', { redirect_uri: 'https://client.example/callback' }],
    ['has it sent to another port', { redirect_uri: 'http://127.0.0.1:8/callback' }],
    ['wants the person to be asked', { prompt: 'consent' }],
    ['wants the person to log in', { prompt: 'login' }],
    ['wants the person to choose', { prompt: 'select_account' }],
  ])('a client is asked about again that %s', async (_, parameters) => {
    const { server, browser } = world;
    const client = await McpClient.register(server, {
      redirect_uris: [redirectUri, 'https://client.example/callback'],
    });
    await client.connect(browser);
    expect(asks(await browser.visit(client.authorizationUrl(parameters)))).toBe('Test');
  });

  it('a website is asked about again that has the answer sent to another of its pages', async () => {
    const { server, browser } = world;
    const [one, two] = ['https://client.example/callback', 'https://client.example/other'];
    const client = await McpClient.register(server, { redirect_uris: [one, two] });
    const { url } = await client.logIn(browser, { redirect_uri: one });
    expect(url.searchParams.has('code')).toBe(true);
    const page = await browser.visit(client.authorizationUrl({ redirect_uri: two }));
    expect(asks(page)).toBe('Test');
  });

  it('what was allowed at one address was not at another', async () => {
    const { server, browser } = world;
    const elsewhere = { redirect_uri: 'https://client.example/callback', scope: 'mcp:admin' };
    const client = await McpClient.register(server, {
      redirect_uris: [redirectUri, elsewhere.redirect_uri],
    });
    await client.connect(browser, { scope: 'mcp:use' });
    await client.logIn(browser, elsewhere);
    expect(asks(await browser.visit(client.authorizationUrl({ scope: 'mcp:admin' })))).toBe('Test');
    expect((await browser.visit(client.authorizationUrl({ scope: 'mcp:use' }))).html).toBe('');
    expect((await browser.visit(client.authorizationUrl(elsewhere))).html).toBe('');
  });

  it('what Ada allowed, Bob did not', async () => {
    const { server, upstream, browser } = world;
    const client = await McpClient.register(server);
    await client.connect(browser);
    upstream.user = { sub: 'bob', email: 'bob@example.com' };
    const other = new Browser(server);
    await (await McpClient.register(server)).connect(other);
    const page = await other.visit(client.authorizationUrl());
    expect([asks(page), page.html.includes('bob@example.com')]).toEqual(['Test', true]);
  });

  it('nobody gets an answer unseen who does not want a page (prompt=none)', async () => {
    const { server, browser } = world;
    const client = await McpClient.register(server);
    await client.connect(browser);
    const { url } = await browser.visit(client.authorizationUrl({ prompt: 'none' }));
    expect(url.searchParams.get('error')).toBe('login_required');
    expect(url.searchParams.has('code')).toBe(false);
  });
});

it('a client cannot want two things at once (RFC 6749 §3.1)', async () => {
  const { server, browser } = world;
  const url = (await McpClient.register(server)).authorizationUrl({ prompt: 'none' });
  url.searchParams.append('prompt', 'consent');
  expect((await browser.visit(url)).url.searchParams.get('error')).toBe('invalid_request');
});

describe('a client that is known by its address', () => {
  const id = 'https://client.example/client.json';

  it('is remembered where only its website gets the answer', async () => {
    const { server, browser } = world;
    const client = McpClient.at(server, id);
    const parameters = { redirect_uri: 'https://client.example/callback' };
    const page = await browser.visit(client.authorizationUrl(parameters));
    expect(page.html).toContain('Identified by <strong><bdi>client.example</bdi></strong>');
    await browser.press(page, 'allow');
    const { url } = await browser.visit(client.authorizationUrl(parameters));
    expect(url.searchParams.get('code')).toEqual(expect.any(String));
  });

  it('is asked about each time where any program on the computer could be it', async () => {
    const { server, browser } = world;
    const client = McpClient.at(server, id);
    await client.connect(browser);
    expect(asks(await browser.visit(client.authorizationUrl()))).toBe('Documented');
  });
});

it('another account may be used instead, and is asked for at the provider', async () => {
  const { server, upstream, browser } = world;
  const client = await McpClient.register(server);
  await client.connect(browser);
  upstream.user = { sub: 'bob', email: 'bob@example.com' };
  const page = await browser.visit(client.authorizationUrl({ prompt: 'consent' }));
  await browser.press(page, 'other-account');
  expect(upstream.asked.authorize.at(-1)?.get('prompt')).toBe('login');
  const next = await browser.visit(client.authorizationUrl({ prompt: 'consent' }));
  expect(next.html).toContain('bob@example.com');
});
