import { decodeJwt } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { McpClient, use } from './support/mcp-client.js';
import { startServer, type TestServer } from './support/server.js';
import { startUpstream, type TestUpstream } from './support/upstream.js';

let upstream: TestUpstream;
let server: TestServer;

beforeAll(async () => {
  upstream = await startUpstream();
  server = await startServer(upstream);
});
afterAll(async () => {
  await server.close();
  await upstream.close();
});

it('gives a client that registered a token, which the endpoint takes', async () => {
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
