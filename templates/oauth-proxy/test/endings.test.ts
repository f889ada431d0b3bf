// How long access lasts: refresh tokens are new each time and end after a theft (RFC 9700 §4.14), and
// what is given back ends at once (RFC 7009).
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { followRevocations } from '../src/authorization-server/revocations.js';
import { deriveKeys } from '../src/store/keys.js';
import { openStore } from '../src/store/open-store.js';
import { sealRecords } from '../src/store/records.js';
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

it('nothing comes of a guess', async () => {
  for (const token of ['', 'guess', 'x'.repeat(43)]) {
    const { status, body } = await client.refresh(token);
    expect([status, 'access_token' in body]).toEqual([400, false]);
  }
});

it('giving a refresh token back ends its login: the access token is refused at once', async () => {
  const { server } = world;
  // It has been verified a moment ago, which is remembered.
  expect((await use(server, tokens.access_token)).status).toBe(200);
  expect(await client.revoke(tokens.refresh_token)).toBe(200);
  const { status, challenge, body } = await use(server, tokens.access_token);
  expect([status, body]).toEqual([
    401,
    { error: 'invalid_token', error_description: 'The login has ended' },
  ]);
  expect(challenge).toContain('error="invalid_token"');
  expect((await client.refresh(tokens.refresh_token)).status).toBe(400);
});

it('giving a token back ends no other login', async () => {
  const { server, browser } = world;
  const other = await client.connect(browser);
  await client.revoke(tokens.refresh_token);
  expect((await use(server, other.access_token)).status).toBe(200);
  await renew(other.refresh_token);
});

it('nobody gives back the token of another client', async () => {
  const { server } = world;
  const stranger = await McpClient.register(server);
  await stranger.revoke(tokens.refresh_token);
  expect((await use(server, tokens.access_token)).status).toBe(200);
  expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
});

it('nothing is said about unknown tokens, and that access tokens end by themselves', async () => {
  expect(await client.revoke('unknown')).toBe(200);
  expect(await client.revoke(tokens.access_token)).toBe(400);
});

describe('what has ended', () => {
  it('has ended after a restart too', async () => {
    await client.revoke(tokens.refresh_token);
    world.server = await world.server.restart();
    expect((await use(world.server, tokens.access_token)).status).toBe(401);
  });

  it('has ended on other instances with their next look, for as long as a token can last', async () => {
    const { config } = world.server;
    const store = await openStore(config.auth.store);
    const open = () =>
      followRevocations(sealRecords(store, deriveKeys(config.auth.secrets).sealing));
    const [here, there] = [await open(), await open()];
    await here.add('a connection');
    expect([here.has('a connection'), there.has('a connection')]).toEqual([true, false]);
    await there.refresh();
    expect(there.has('a connection')).toBe(true);

    world.elapse(629);
    const later = await open();
    expect(later.has('a connection')).toBe(true);
    world.elapse(60);
    await here.refresh();
    expect(here.has('a connection')).toBe(false);
    for (const revocations of [here, there, later]) revocations.close();
    await store.close();
  });
});
