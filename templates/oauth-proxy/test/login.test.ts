import { decodeJwt } from 'jose';
import { expect, it, vi } from 'vitest';
import { McpClient, use } from './support/mcp-client.js';
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
