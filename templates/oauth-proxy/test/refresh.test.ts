// Refresh tokens: new ones each time, for their own client, and none after a theft (RFC 9700 §4.14).
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { McpClient, type Tokens, use } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();
const day = 24 * 3600;
let client: McpClient;
let tokens: Tokens;

beforeEach(async () => {
  client = await McpClient.register(world.server);
  tokens = await client.connect(world.browser, { scope: 'mcp:use mcp:admin' });
});

/** Refreshes, and expects it to work. */
async function renew(token: string): Promise<Tokens> {
  const { status, body } = await client.refresh(token);
  expect([status, body.error]).toEqual([200, undefined]);
  return body as unknown as Tokens;
}

async function expectRefusal(token: string, error = 'invalid_grant', parameters = {}) {
  expect(await client.refresh(token, parameters)).toMatchObject({ status: 400, body: { error } });
}

it('gives new tokens, which are good', async () => {
  const next = await renew(tokens.refresh_token);
  expect(next).toMatchObject({ expires_in: 600, scope: 'mcp:use mcp:admin' });
  expect(next.refresh_token).not.toBe(tokens.refresh_token);
  expect((await use(world.server, next.access_token)).status).toBe(200);
  await renew(next.refresh_token);
});

it('gives tokens for fewer scopes, and never for more', async () => {
  const { body } = await client.refresh(tokens.refresh_token, { scope: 'mcp:use' });
  expect(body.scope).toBe('mcp:use');
  const narrow = await client.connect(world.browser, { scope: 'mcp:use' });
  await expectRefusal(narrow.refresh_token, 'invalid_scope', { scope: 'mcp:use mcp:admin' });
});

it('gives tokens for this server only', async () => {
  for (const resource of [world.server.endpoint, `${world.server.endpoint}/`]) {
    const { body } = await client.refresh(tokens.refresh_token, { resource });
    expect((await use(world.server, String(body.access_token))).status).toBe(200);
  }
  const resource = 'https://other.example/mcp';
  await expectRefusal(tokens.refresh_token, 'invalid_target', { resource });
});

it('two tabs may use one token within ten seconds, and both go on', async () => {
  const first = await renew(tokens.refresh_token);
  world.elapse(9);
  const second = await renew(tokens.refresh_token);
  world.elapse(60);
  for (const { access_token, refresh_token } of [first, second]) {
    expect((await use(world.server, access_token)).status).toBe(200);
    await renew(refresh_token);
  }
});

describe('a token that is used again later', () => {
  it('ends everything that came from it', async () => {
    const first = await renew(tokens.refresh_token);
    const second = await renew(first.refresh_token);
    world.elapse(11);
    await expectRefusal(tokens.refresh_token);
    for (const { access_token, refresh_token } of [tokens, first, second]) {
      expect((await use(world.server, access_token)).status).toBe(401);
      await expectRefusal(refresh_token);
    }
  });

  it('ends no other login of the same person, with this client or another', async () => {
    const { server, browser } = world;
    const again = await client.connect(browser, { scope: 'mcp:use mcp:admin' });
    const other = await McpClient.register(server);
    const others = await other.connect(browser);
    await renew(tokens.refresh_token);
    world.elapse(11);
    await expectRefusal(tokens.refresh_token);

    expect((await use(server, again.access_token)).status).toBe(200);
    await renew(again.refresh_token);
    expect((await use(server, others.access_token)).status).toBe(200);
    expect((await other.refresh(others.refresh_token)).status).toBe(200);
  });
});

it('a token of one client is nothing to another, and does it no harm', async () => {
  const thief = await McpClient.register(world.server);
  expect(await thief.refresh(tokens.refresh_token)).toMatchObject({
    status: 400,
    body: { error: 'invalid_grant' },
  });
  expect((await use(world.server, tokens.access_token)).status).toBe(200);
  await renew(tokens.refresh_token);
});

it('a login lasts as long as it is used once in a month', async () => {
  let { refresh_token: token } = tokens;
  for (let month = 0; month < 4; month++) {
    world.elapse(29 * day);
    ({ refresh_token: token } = await renew(token));
  }
  world.elapse(30 * day + 1);
  await expectRefusal(token);
});

it.each(['', 'guess', 'x'.repeat(43)])('nothing comes of a guess: "%s"', async (token) => {
  const { status, body } = await client.refresh(token);
  expect([status, 'access_token' in body]).toEqual([400, false]);
});
