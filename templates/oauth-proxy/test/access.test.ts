// What clients get: tokens for this server (RFC 8707) and for the scopes that the person agrees to, or
// that the provider grants.
import { decodeJwt } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { McpClient, use } from './support/mcp-client.js';
import { startServer } from './support/server.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();

it('gives a client that registered a token, which the endpoint takes', async () => {
  const { server } = world;
  const client = await McpClient.register(server);
  const tokens = await client.connect();
  expect(decodeJwt(tokens.access_token)).toMatchObject({
    iss: server.url,
    aud: server.endpoint,
    sub: 'ada',
    client_id: client.id,
    scope: 'mcp:use',
  });
  const { status, body } = await use(server, tokens.access_token);
  expect([status, body]).toMatchObject([
    200,
    { result: { structuredContent: { subject: 'ada', clientId: client.id, scopes: ['mcp:use'] } } },
  ]);
});

describe('a client gets', () => {
  it.each([
    ['what it asks for', 'mcp:use mcp:admin', 'mcp:use mcp:admin'],
    ['only what it asks for', 'mcp:admin', 'mcp:admin'],
    ['what every request needs when it asks for nothing', undefined, 'mcp:use'],
    ['the same when it asks for an empty scope', '', 'mcp:use'],
    ['the same when it asks for a blank one', ' ', 'mcp:use'],
    ['nothing that does not exist', 'mcp:use other', 'mcp:use'],
    ['nothing that was never meant for it', 'mcp:use offline_access', 'mcp:use'],
  ])('%s', async (_, scope, granted) => {
    const client = await McpClient.register(world.server);
    const tokens = await client.connect(world.browser, { scope });
    expect(tokens.scope).toBe(granted);
    expect(decodeJwt(tokens.access_token).scope).toBe(granted);
    expect((await use(world.server, tokens.access_token)).status).toBe(200);
  });

  it('an error when it asks for nothing that exists', async () => {
    const { server, browser } = world;
    const client = await McpClient.register(server);
    const { url } = await client.logIn(browser, { scope: 'other' });
    expect(url.searchParams.get('error')).toBe('invalid_scope');
  });
});

describe('a client that needs more', () => {
  it('is told what to ask for, and loses nothing by asking for exactly that', async () => {
    const { server, browser } = world;
    const client = await McpClient.register(server);
    const { access_token: token } = await client.connect(browser);
    const { status, challenge } = await use(server, token, 'server_status');
    expect(status).toBe(403);
    const scope = /scope="([^"]+)"/.exec(challenge)?.[1];
    expect(scope?.split(' ').sort()).toEqual(['mcp:admin', 'mcp:use']);

    const page = await browser.visit(client.authorizationUrl({ scope }));
    expect(page.html).toContain('See what this server runs on');
    const { url } = await browser.press(page, 'allow');
    const { body } = await client.exchange(url.searchParams.get('code') ?? '');
    expect((await use(server, String(body.access_token), 'server_status')).status).toBe(200);
    // What it had is still good.
    expect((await use(server, token)).status).toBe(200);
  });
});

it('a token without what every request needs is refused', async () => {
  const { server, upstream } = world;
  await server.close();
  world.server = await startServer(upstream, { OAUTH_SCOPES: 'mcp:admin' });
  const client = await McpClient.register(world.server);
  const { access_token: token } = await client.connect(undefined, { scope: 'mcp:use' });
  const { status, challenge } = await use(world.server, token);
  expect([status, challenge.includes('error="insufficient_scope"')]).toEqual([403, true]);
});

describe('a scope that the provider grants', () => {
  const upstreamScopes = { OAUTH_UPSTREAM_SCOPES: 'openid email mcp:admin' };
  const both = { scope: 'mcp:use mcp:admin' };

  async function start() {
    world.server = await world.server.restart(upstreamScopes);
    return { ...world, client: await McpClient.register(world.server) };
  }

  it('is asked for there only when the client asks for it', async () => {
    const { upstream, client } = await start();
    const scopes = () => upstream.asked.authorize.map((asked) => asked.get('scope'));
    await client.connect(undefined, { scope: 'mcp:use' });
    await client.connect(undefined, both);
    expect(scopes()).toEqual(['openid email', 'openid email mcp:admin']);
  });

  it('is granted when the provider says so', async () => {
    const { upstream, client } = await start();
    upstream.tamper = (answer) => ({ ...answer, scope: 'openid email mcp:admin' });
    expect((await client.connect(undefined, both)).scope).toBe('mcp:use mcp:admin');
  });

  it('is granted when the provider says nothing else (RFC 6749 §5.1)', async () => {
    const { client } = await start();
    expect((await client.connect(undefined, both)).scope).toBe('mcp:use mcp:admin');
  });

  it('is not granted when the provider leaves it out, and the client gets the rest', async () => {
    const { server, upstream, client } = await start();
    upstream.tamper = (answer) => ({ ...answer, scope: 'openid email' });
    const tokens = await client.connect(undefined, both);
    expect(tokens.scope).toBe('mcp:use');
    expect((await use(server, tokens.access_token, 'server_status')).status).toBe(403);
    expect(upstream.asked.authorize).toHaveLength(1);
    const { body } = await client.refresh(tokens.refresh_token);
    expect(body.scope).toBe('mcp:use');
  });

  it('takes the person there again who is logged in without it', async () => {
    const { upstream, client, browser } = await start();
    upstream.tamper = (answer) => ({ ...answer, scope: 'openid email' });
    await client.connect(browser, { scope: 'mcp:use' });
    upstream.tamper = (answer) => ({ ...answer, scope: 'openid email mcp:admin' });
    expect((await client.connect(browser, both)).scope).toBe('mcp:use mcp:admin');
    expect(upstream.asked.authorize).toHaveLength(2);
  });

  it('is an error when it is all that the client wants, and the provider says no', async () => {
    const { upstream, client } = await start();
    upstream.tamper = (answer) => ({ ...answer, scope: 'openid email' });
    const { url } = await client.logIn(undefined, { scope: 'mcp:admin' });
    expect(url.searchParams.get('error')).toBe('invalid_scope');
  });
});

it('a client may name this server in several ways, or not at all', async () => {
  const { server, browser } = world;
  const name = server.endpoint;
  const client = await McpClient.register(server);
  for (const [asked, again] of [
    [undefined, undefined],
    // RFC 6749 §3.1: a parameter without a value is none.
    ['', `${name}/`],
    [undefined, `${name}/`],
    [name, name],
    [name, `${name}/`],
    [`${name}/`, name],
    [`${name}/`, undefined],
    [name.replace('http://localhost', 'HTTP://LOCALHOST'), name],
  ]) {
    const code = await client.code(browser, { resource: asked });
    const { status, body } = await client.exchange(code, { resource: again });
    expect([asked, again, status, body.error]).toEqual([asked, again, 200, undefined]);
    expect(decodeJwt(String(body.access_token)).aud).toBe(name);
    expect((await use(server, String(body.access_token))).status).toBe(200);
  }
});

it('a client that names another server gets an error', async () => {
  const { server, browser } = world;
  const client = await McpClient.register(server);
  for (const resource of ['https://other.example/mcp', 'http://localhost/mcp', '/mcp', 'mcp']) {
    const { url } = await browser.visit(client.authorizationUrl({ resource }));
    expect([resource, url.searchParams.get('error')]).toEqual([resource, 'invalid_target']);
  }
  const both = client.authorizationUrl();
  both.searchParams.append('resource', 'https://other.example/mcp');
  expect((await browser.visit(both)).url.searchParams.get('error')).toBe('invalid_target');
});
