// Where browsers are sent: to registered addresses only, and always with the issuer's name.
import { describe, expect, it, vi } from 'vitest';
import { McpClient, redirectUri, registration } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();
const website = 'https://client.example/callback';
const app = 'cursor://anysphere.cursor-mcp/oauth/callback';

it('a client may register its website, its app or its own computer, whatever it calls itself', async () => {
  for (const [uri, kind] of [
    ['http://127.0.0.1/callback', 'native'],
    ['http://[::1]:7/', 'native'],
    ['http://localhost:3334/oauth/callback', 'native'],
    ['https://vscode.dev/redirect', 'web'],
    [app, 'native'],
    ['com.example.app:/oauth/cb', 'native'],
  ]) {
    for (const wish of ['web', 'native']) {
      const metadata = { redirect_uris: [uri], application_type: wish };
      const { status, body } = await registration(world.server, metadata);
      expect([uri, status, body.application_type]).toEqual([uri, 201, kind]);
    }
  }
});

it('a client may register nothing else', async () => {
  for (const uri of [
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
  ]) {
    const { status, body } = await registration(world.server, {
      redirect_uris: [redirectUri, uri],
    });
    expect([uri, status, body.error]).toEqual([uri, 400, 'invalid_redirect_uri']);
  }
});

describe('a code never goes elsewhere, and neither does an error', () => {
  const variations = (uri: string) => [
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
    [
      website,
      [
        ...variations(website),
        'http://client.example/callback',
        'https://client.example:444/callback',
        'https://client.example.attacker.example/callback',
      ],
    ],
    [
      redirectUri,
      [
        ...variations(redirectUri),
        'http://localhost:9/callback',
        'https://127.0.0.1:9/callback',
        'http://127.0.0.2:9/callback',
      ],
    ],
    [app, [`${app}/more`, app.replace('mcp', 'other'), redirectUri]],
  ])('than to %s', async (registered, others) => {
    const { server, browser } = world;
    const client = await McpClient.register(server, { redirect_uris: [registered] });
    const wrongs = [{ code_challenge: undefined }, { prompt: 'none' }, { response_type: 'token' }];
    for (const other of others) {
      for (const wrong of [{}, ...wrongs]) {
        const url = client.authorizationUrl({ redirect_uri: other, ...wrong });
        const page = await browser.visit(url);
        expect([other, page.status, page.url.origin]).toEqual([other, 400, server.url]);
        expect(page.html).toContain('This did not work');
      }
    }
  });

  it('for a request that says something twice, or comes by POST', async () => {
    const { server, browser } = world;
    const client = await McpClient.register(server);
    for (const [name, value] of [
      ['redirect_uri', 'https://attacker.example/callback'],
      ['client_id', 'nobody'],
    ] as const) {
      const url = client.authorizationUrl();
      url.searchParams.append(name, value);
      const page = await browser.visit(url);
      // Where a client has only one redirect URI, it hears of the mistake there.
      expect([new URL(redirectUri).origin, server.url]).toContain(page.url.origin);
      expect([name, page.html.includes('<form')]).toEqual([name, false]);
      expect(page.url.searchParams.has('code')).toBe(false);
    }
    const { origin, pathname, searchParams: body } = client.authorizationUrl();
    const posted = await server.fetch(`${origin}${pathname}`, { method: 'POST', body });
    expect(posted.status).toBe(404);
  });

  it('for a client that is not known', async () => {
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

  it('with an error', async () => {
    const { server, browser } = world;
    const client = await McpClient.register(server);
    for (const [error, parameters] of Object.entries({
      invalid_request: { code_challenge: undefined },
      invalid_target: { resource: 'https://other.example/mcp' },
      login_required: { prompt: 'none' },
      unsupported_response_type: { response_type: 'token' },
      request_not_supported: { request: 'e30.e30.' },
      request_uri_not_supported: { request_uri: 'https://attacker.example/' },
    })) {
      const { url } = await browser.visit(client.authorizationUrl(parameters));
      expect(url.origin + url.pathname).toBe(redirectUri);
      const answer = new URLSearchParams(url.search || url.hash.slice(1));
      expect(Object.fromEntries(answer)).toMatchObject({
        error,
        state: 'the state',
        iss: server.url,
      });
    }
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

describe('a request that fails before a person was asked leads to no website (RFC 9700 §4.11.2)', () => {
  const wrongs = {
    invalid_request: { code_challenge: undefined },
    login_required: { prompt: 'none' },
    unsupported_response_type: { response_type: 'token' },
    invalid_target: { resource: 'https://other.example/mcp' },
  };

  it.each(Object.entries(wrongs))('by itself: %s', async (error, parameters) => {
    const { server, browser } = world;
    const client = await McpClient.register(server, { redirect_uris: [website] });
    const asked = { redirect_uri: website, ...parameters };
    const page = await browser.visit(client.authorizationUrl(asked));
    expect([page.status, page.url.origin]).toEqual([400, server.url]);
    expect(page.headers.get('location')).toBeNull();
    // The person may go there, and the client learns what is wrong.
    const link = /<a href="([^"]*)">Go back to client.example</.exec(page.html)?.[1];
    const plain = link?.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
    const { origin, search, hash } = new URL(plain ?? '');
    expect(origin).toBe('https://client.example');
    const answer = Object.fromEntries(new URLSearchParams(search || hash.slice(1)));
    expect(answer).toMatchObject({ error, state: 'the state', iss: server.url });
  });

  it.each(Object.values(wrongs))('in a form that sends itself: %j', async (parameters) => {
    const { server, browser } = world;
    const client = await McpClient.register(server, { redirect_uris: [website] });
    const asked = { redirect_uri: website, response_mode: 'form_post', ...parameters };
    const page = await browser.visit(client.authorizationUrl(asked));
    expect([page.status, page.html.includes('This did not work')]).toEqual([400, true]);
    expect(page.html).not.toMatch(/<form|<script/);
  });
});
