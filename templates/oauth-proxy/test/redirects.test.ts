// Where browsers are sent: to registered addresses only, and always with the issuer's name.
import { describe, expect, it, vi } from 'vitest';
import { McpClient, redirectUri, registration } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();
const website = 'https://client.example/callback';
const app = 'cursor://anysphere.cursor-mcp/oauth/callback';

it.each([
  ['http://127.0.0.1/callback', 'native'],
  ['http://[::1]:7/', 'native'],
  ['http://localhost:3334/oauth/callback', 'native'],
  ['https://vscode.dev/redirect', 'web'],
  [app, 'native'],
  ['com.example.app:/oauth/cb', 'native'],
])('a client may register %s, whatever kind it calls itself', async (uri, kind) => {
  for (const wish of ['web', 'native']) {
    const metadata = { redirect_uris: [uri], application_type: wish };
    expect(await registration(world.server, metadata)).toMatchObject({
      status: 201,
      body: { application_type: kind },
    });
  }
});

it.each([
  'http://attacker.example/callback',
  'http://localhost.attacker.example/callback',
  'http://localhost@attacker.example/',
  'https://localhost@attacker.example/',
  'https://client.example\\@attacker.example/',
  'http://user:secret@127.0.0.1/callback',
  'http://127.0.0.1/callback#fragment',
  'javascript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,x',
  'vbscript:x',
  'file:///etc/passwd',
  'blob:https://client.example/x',
  'ms-settings:privacy',
  'view-source:https://x.example',
  ' https://x.example/',
  '/relative',
  '',
])('no client may register %j', async (uri) => {
  expect(await registration(world.server, { redirect_uris: [redirectUri, uri] })).toMatchObject({
    status: 400,
    body: { error: 'invalid_redirect_uri' },
  });
});

describe('a code never goes', () => {
  const others = (uri: string) => [
    'https://attacker.example/callback',
    `${uri}/more`,
    `${uri}?more=1`,
    `${uri}#more`,
    uri.replace('/callback', '/'),
    uri.replace('/callback', '/./callback'),
    uri.replace('/callback', '/Callback'),
    uri.replace('://', '://user@'),
    uri.replace('://', '://attacker.example\\@'),
    uri.replace('://', '://attacker.example/?'),
  ];

  it.each([
    ...others(website).map((other) => [website, other]),
    [website, 'http://client.example/callback'],
    [website, 'https://client.example:444/callback'],
    [website, 'https://client.example.attacker.example/callback'],
    ...others(redirectUri).map((other) => [redirectUri, other]),
    [redirectUri, 'http://localhost:9/callback'],
    [redirectUri, 'https://127.0.0.1:9/callback'],
    [redirectUri, 'http://127.0.0.2:9/callback'],
    [app, `${app}/more`],
    [app, app.replace('mcp', 'other')],
  ])('from %s to %s, and neither does an error', async (registered, asked) => {
    const { server, browser } = world;
    const client = await McpClient.register(server, { redirect_uris: [registered] });
    const wrongs = [{}, { code_challenge: undefined }, { scope: 'none' }, { prompt: 'none' }];
    for (const wrong of [
      ...wrongs,
      { response_type: 'token' },
      { resource: 'https://x.example' },
    ]) {
      const page = await browser.visit(client.authorizationUrl({ redirect_uri: asked, ...wrong }));
      expect(page.status).toBe(400);
      expect(page.url.origin).toBe(server.url);
      expect(page.html).toContain('This did not work');
    }
  });

  it('of a client that is not known, anywhere', async () => {
    const { server, browser } = world;
    const nobody = McpClient.at(server, 'nobody');
    for (const parameters of [{}, { client_id: undefined }, { prompt: 'none' }]) {
      const page = await browser.visit(nobody.authorizationUrl(parameters));
      expect([page.status, page.url.origin]).toEqual([400, server.url]);
    }
  });
});

it('a program on the same computer gets the code at whatever port it has (RFC 8252 §7.3)', async () => {
  const { server, browser } = world;
  for (const registered of ['http://127.0.0.1/callback', 'http://[::1]:1/callback']) {
    const client = await McpClient.register(server, { redirect_uris: [registered] });
    const { hostname } = new URL(registered);
    const asked = `http://${hostname}:9/callback`;
    const { url } = await client.logIn(browser, { redirect_uri: asked });
    expect(url.href).toMatch(`${asked}?code=`);
  }
});

describe('every answer names the issuer (RFC 9207)', () => {
  it('as the metadata promises', async () => {
    const { url, fetch } = world.server;
    const metadata = await fetch(`${url}/.well-known/oauth-authorization-server`);
    expect(await metadata.json()).toMatchObject({
      issuer: url,
      authorization_response_iss_parameter_supported: true,
    });
  });

  it('with a code', async () => {
    const client = await McpClient.register(world.server);
    const { url } = await client.logIn();
    expect(Object.fromEntries(url.searchParams)).toEqual({
      code: expect.any(String),
      state: 'the state',
      iss: world.server.url,
    });
  });

  it.each([
    ['invalid_request', { code_challenge: undefined }],
    ['invalid_target', { resource: 'https://other.example/mcp' }],
    ['login_required', { prompt: 'none' }],
    ['unsupported_response_type', { response_type: 'token' }],
    ['request_not_supported', { request: 'e30.e30.' }],
    ['request_uri_not_supported', { request_uri: 'https://attacker.example/' }],
  ])('with the error %s', async (error, parameters) => {
    const client = await McpClient.register(world.server);
    const { url } = await world.browser.visit(client.authorizationUrl(parameters));
    expect(url.origin + url.pathname).toBe(redirectUri);
    const answer = new URLSearchParams(url.search || url.hash.slice(1));
    expect(Object.fromEntries(answer)).toMatchObject({
      error,
      state: 'the state',
      iss: world.server.url,
    });
  });

  it('with a no', async () => {
    const { server, browser } = world;
    const client = await McpClient.register(server);
    const page = await browser.visit(client.authorizationUrl());
    const { url } = await browser.press(page, 'deny');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'the state',
      iss: server.url,
    });
  });
});
