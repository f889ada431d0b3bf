// What the authorization server publishes (RFC 8414), for clients of every kind, under the one name
// that PUBLIC_URL gives it.
import { describe, expect, it, vi } from 'vitest';
import { McpClient } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();
const documents = [
  '/.well-known/oauth-authorization-server',
  '/.well-known/openid-configuration',
] as const;

const read = async (path: string, headers: Record<string, string> = {}) => {
  const response = await world.server.fetch(`${world.server.url}${path}`, { headers });
  expect(response.status).toBe(200);
  return (await response.json()) as Record<string, unknown>;
};

it.each(documents)('%s says all that clients have to know', async (path) => {
  const { url } = world.server;
  const metadata = await read(path);
  expect(metadata).toMatchObject({
    issuer: url,
    authorization_endpoint: `${url}/oauth/authorize`,
    token_endpoint: `${url}/oauth/token`,
    registration_endpoint: `${url}/oauth/register`,
    revocation_endpoint: `${url}/oauth/revoke`,
    jwks_uri: `${url}/oauth/jwks`,
    // Clients refuse a server that does not say this (MCP, Authorization: PKCE).
    code_challenge_methods_supported: ['S256'],
    response_types_supported: ['code'],
    client_id_metadata_document_supported: true,
    authorization_response_iss_parameter_supported: true,
    protected_resources: [world.server.endpoint],
  });
  const endpoints = Object.keys(metadata).filter((name) => name.endsWith('_endpoint'));
  expect(endpoints.sort()).toEqual([
    'authorization_endpoint',
    'registration_endpoint',
    'revocation_endpoint',
    'token_endpoint',
  ]);
  expect(metadata.grant_types_supported).toEqual(['authorization_code', 'refresh_token']);
  expect(metadata.token_endpoint_auth_methods_supported).toContain('none');
  // With `offline_access` clients would ask people each time.
  expect(metadata.scopes_supported).toEqual(['mcp:use', 'mcp:admin']);
});

it('leads from the endpoint to itself', async () => {
  const { url, endpoint, fetch } = world.server;
  const refused = await fetch(endpoint, { method: 'POST' });
  const challenge = refused.headers.get('www-authenticate') ?? '';
  const [, address] = /resource_metadata="([^"]+)"/.exec(challenge) ?? [];
  expect(address).toBe(`${url}/.well-known/oauth-protected-resource/mcp`);
  expect(await (await fetch(String(address))).json()).toMatchObject({
    resource: endpoint,
    authorization_servers: [url],
    scopes_supported: ['mcp:use'],
  });
});

it('publishes public keys only', async () => {
  const { keys } = (await read('/oauth/jwks')) as { keys: Record<string, unknown>[] };
  const names = ['kty', 'use', 'kid', 'alg', 'crv', 'x', 'y'].sort();
  expect(keys.map((key) => Object.keys(key).sort())).toEqual([names]);
});

it('says the same whatever name it is called by', async () => {
  const { server } = world;
  const lies = {
    host: 'attacker.example',
    'x-forwarded-host': 'attacker.example',
    'x-forwarded-proto': 'https',
    'x-forwarded-prefix': '/attacker',
    forwarded: 'host=attacker.example;proto=https',
  };
  for (const path of documents) expect(await read(path, lies)).toEqual(await read(path));

  const client = await McpClient.register(server);
  world.browser.headers = lies;
  const { url } = await client.logIn(world.browser);
  expect(url.searchParams.get('iss')).toBe(server.url);
  for (const { headers, html } of world.browser.visited) {
    expect(`${headers.get('location')} ${html}`).not.toContain('attacker');
  }
  expect(world.upstream.asked.authorize[0]?.get('redirect_uri')).toBe(
    `${server.url}/oauth/callback`,
  );
});

describe('browsers may ask from anywhere', () => {
  const origin = 'https://inspector.example';

  it.each([...documents, '/oauth/jwks'])('for %s', async (path) => {
    const { url, fetch } = world.server;
    const response = await fetch(`${url}${path}`, { headers: { origin } });
    expect(['*', origin]).toContain(response.headers.get('access-control-allow-origin'));
    expect(response.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it.each(['register', 'token', 'revoke'])('at /oauth/%s', async (name) => {
    const { url, fetch } = world.server;
    const preflight = await fetch(`${url}/oauth/${name}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type,mcp-protocol-version',
      },
    });
    expect(preflight.status).toBe(204);
    expect(['*', origin]).toContain(preflight.headers.get('access-control-allow-origin'));
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('mcp-protocol-version');
    const headers = { origin, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await fetch(`${url}/oauth/${name}`, { method: 'POST', headers, body: 'x=y' });
    expect(['*', origin]).toContain(answer.headers.get('access-control-allow-origin'));
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
  });

  it('but not for what is a person’s', async () => {
    const { server, browser } = world;
    const client = await McpClient.register(server);
    browser.headers = { origin };
    await browser.visit(client.authorizationUrl());
    await browser.visit(`${server.url}/oauth/connections`);
    for (const { headers } of browser.visited) {
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

it.each([
  '/oauth/userinfo',
  '/oauth/introspect',
  '/oauth/session/end',
  '/oauth/request',
  '/oauth/',
])('has nothing at %s', async (path) => {
  const { url, fetch } = world.server;
  for (const method of ['GET', 'POST']) {
    expect((await fetch(`${url}${path}`, { method })).status).toBe(404);
  }
});
