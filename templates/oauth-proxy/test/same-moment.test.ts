// What happens at the same moment, as on two instances: each step is taken once.
import { afterEach, describe, expect, it, vi } from 'vitest';
import { McpClient, use } from './support/mcp-client.js';
import { meetings } from './support/meetings.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));
vi.mock('../src/store/open-store.js', async (original) => {
  const { withMeetings } = await import('./support/meetings.js');
  return withMeetings(await original());
});

const world = useWorld();
afterEach(() => expect(meetings).toEqual({}));

describe('twenty requests with one code', () => {
  it('of which one wins: nothing that it gets is good', async () => {
    const { server } = world;
    const client = await McpClient.register(server);
    const code = await client.code();
    // All have found the code unused when the first one uses it.
    meetings.claim = 20;
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.exchange(code)));
    const refused = answers.filter(({ body }) => body.error === 'invalid_grant');
    expect(refused.length).toBeGreaterThanOrEqual(19);
    for (const { body } of answers.filter(({ status }) => status === 200)) {
      expect((await use(server, String(body.access_token))).status).toBe(401);
      expect((await client.refresh(String(body.refresh_token))).status).toBe(400);
    }
    expect((await client.exchange(code)).status).toBe(400);
  });
});

describe('two requests with one refresh token', () => {
  it('both get tokens that are good', async () => {
    const { server } = world;
    const client = await McpClient.register(server);
    const { refresh_token: token } = await client.connect();
    meetings.claim = 2;
    for (const { status, body } of await Promise.all([
      client.refresh(token),
      client.refresh(token),
    ])) {
      expect(status).toBe(200);
      expect((await use(server, String(body.access_token))).status).toBe(200);
      expect((await client.refresh(String(body.refresh_token))).status).toBe(200);
    }
  });
});
