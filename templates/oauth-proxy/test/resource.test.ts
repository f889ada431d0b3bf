// Tokens are for this server (RFC 8707), however clients write its name, and for no other.
import { decodeJwt } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { McpClient, use } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();
const spellings = [
  ['nothing', () => undefined],
  ['an empty name, which is nothing (RFC 6749 §3.1)', () => ''],
  ['its name', (name: string) => name],
  ['its name and a slash', (name: string) => `${name}/`],
  ['its name in capitals', (name: string) => name.replace('http://localhost', 'HTTP://LOCALHOST')],
] as const;

describe.each(spellings)('a client that asks for %s', (_, spell) => {
  it.each(spellings.slice(0, 4))(
    'and then at the token endpoint for %s',
    async (_again, repeat) => {
      const { server } = world;
      const client = await McpClient.register(server);
      const code = await client.code(undefined, { resource: spell(server.endpoint) });
      const { status, body } = await client.exchange(code, { resource: repeat(server.endpoint) });
      expect([status, body.error]).toEqual([200, undefined]);
      expect(decodeJwt(String(body.access_token)).aud).toBe(server.endpoint);
      expect((await use(server, String(body.access_token))).status).toBe(200);
    },
  );
});

it.each(['https://other.example/mcp', 'http://localhost/mcp', '/mcp', 'mcp'])(
  'a client that asks for %j gets an error',
  async (resource) => {
    const client = await McpClient.register(world.server);
    const { url } = await world.browser.visit(client.authorizationUrl({ resource }));
    expect(url.searchParams.get('error')).toBe('invalid_target');
  },
);

it('a client that asks for this server and another gets an error', async () => {
  const client = await McpClient.register(world.server);
  const address = client.authorizationUrl();
  address.searchParams.append('resource', 'https://other.example/mcp');
  const { url } = await world.browser.visit(address);
  expect(url.searchParams.get('error')).toBe('invalid_target');
});
