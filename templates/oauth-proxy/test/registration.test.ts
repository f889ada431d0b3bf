// Clients register themselves (RFC 7591): what they are told, and what they cannot bring about.
import { describe, expect, it, vi } from 'vitest';
import { McpClient, registration } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

/** What the server fetches of its own accord. */
const fetched: string[] = [];
const world = useWorld(
  {},
  {
    documents: {
      lookup: async () => [{ address: '93.184.215.14' }],
      fetch: async (input) => {
        fetched.push(String(input));
        return Response.json(['http://127.0.0.1:9/callback']);
      },
    },
  },
);

it('tells a client all it needs to know', async () => {
  expect(await registration(world.server, {})).toMatchObject({
    status: 201,
    body: {
      client_id: expect.stringMatching(/^[\w-]{21,}$/),
      client_id_issued_at: Math.floor(Date.now() / 1000),
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      scope: 'mcp:use mcp:admin',
    },
  });
});

it.each([
  { logo_uri: '', contacts: ['nobody'], client_uri: null, tos_uri: 'tos' },
  { grant_types: ['client_credentials'], response_types: ['token'] },
  { id_token_signed_response_alg: 'HS256', default_max_age: -1, require_auth_time: true },
])('overlooks what nothing here needs: %j', async (metadata) => {
  const client = await McpClient.register(world.server, metadata);
  expect(await client.code()).toEqual(expect.any(String));
});

describe('what a client may ask for does not depend on what it registered', () => {
  it.each([{}, { scope: '' }, { scope: 'mcp:use' }, { scope: 'mcp:use mcp:admin other' }])(
    '%j',
    async (metadata) => {
      const { status, body } = await registration(world.server, metadata);
      expect([status, body.scope]).toEqual([201, 'mcp:use mcp:admin']);
      const client = McpClient.at(world.server, String(body.client_id));
      const { scope } = await client.connect(undefined, { scope: 'mcp:use mcp:admin' });
      expect(scope).toBe('mcp:use mcp:admin');
    },
  );
});

it('has a client with a secret prove that it knows it', async () => {
  const { server } = world;
  const { body } = await registration(server, { token_endpoint_auth_method: 'client_secret_post' });
  const client = McpClient.at(server, String(body.client_id));
  const code = await client.code();
  const wrong = { client_secret: 'a guess' };
  for (const parameters of [{}, wrong]) {
    expect(await client.exchange(code, parameters)).toMatchObject({
      status: 401,
      body: { error: 'invalid_client' },
    });
  }
  const right = { client_secret: String(body.client_secret) };
  expect((await client.exchange(code, right)).status).toBe(200);
});

it('fetches nothing because of what a client registers', async () => {
  await registration(world.server, {
    sector_identifier_uri: 'https://inside.example/',
    jwks_uri: 'https://inside.example/',
    logo_uri: 'https://inside.example/',
    client_uri: 'https://inside.example/',
    initiate_login_uri: 'https://inside.example/',
    software_statement: 'e30.e30.',
  });
  expect(fetched).toEqual([]);
});

it.each([
  ['broken', '{'],
  ['a list', '[]'],
  ['nothing', 'null'],
  ['too large', JSON.stringify({ client_name: 'x'.repeat(60_000) })],
])('refuses a registration that is %s', async (_, body) => {
  const { url, fetch } = world.server;
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(`${url}/oauth/register`, { method: 'POST', headers, body });
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ error: 'invalid_request' });
});

it.each([
  { redirect_uris: [] },
  { redirect_uris: 'http://127.0.0.1:9/callback' },
  { redirect_uris: [7] },
  { redirect_uris: undefined },
  { client_id: 'https://chosen.example/', redirect_uris: [] },
])('refuses %j', async (metadata) => {
  const { status, body } = await registration(world.server, metadata);
  expect(status).toBe(400);
  expect(body.error).toMatch(/^invalid_(redirect_uri|client_metadata)$/);
});

it('keeps no long stories', async () => {
  const ports = Array.from({ length: 1_000 }, (_, port) => `http://127.0.0.1:${port}/`);
  for (const metadata of [{ client_name: 'x'.repeat(10_000) }, { redirect_uris: ports }]) {
    const { status, body } = await registration(world.server, metadata);
    expect([status, body.error]).toEqual([400, 'invalid_client_metadata']);
  }
  const usual = { client_name: 'x'.repeat(1_000), redirect_uris: ports.slice(0, 50) };
  expect((await registration(world.server, usual)).status).toBe(201);
});

it('lets no client choose its id, or a secret', async () => {
  const wish = { client_id: 'mine', client_secret: 'mine' };
  const { body } = await registration(world.server, wish);
  expect(body.client_id).not.toBe('mine');
  expect(body).not.toHaveProperty('client_secret');
});

it('shows and changes nobody else’s registration', async () => {
  const { server } = world;
  const { id } = await McpClient.register(server);
  for (const method of ['GET', 'PUT', 'DELETE']) {
    const response = await server.fetch(`${server.url}/oauth/register/${id}`, { method });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await response.text()).not.toContain('redirect_uris');
  }
});
