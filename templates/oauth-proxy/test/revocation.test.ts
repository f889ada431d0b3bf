// What is given back is refused at once (RFC 7009), on all instances, and after a restart.
import { describe, expect, it, vi } from 'vitest';
import { followRevocations } from '../src/authorization-server/revocations.js';
import { deriveKeys } from '../src/store/keys.js';
import { openStore } from '../src/store/open-store.js';
import { sealRecords } from '../src/store/records.js';
import { McpClient, use } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();

it('ends the login that a refresh token is of: its access token is refused at once', async () => {
  const { server } = world;
  const client = await McpClient.register(server);
  const tokens = await client.connect();
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

it('ends no other login', async () => {
  const { server, browser } = world;
  const client = await McpClient.register(server);
  const [one, two] = [await client.connect(browser), await client.connect(browser)];
  await client.revoke(one.refresh_token);
  expect((await use(server, two.access_token)).status).toBe(200);
  expect((await client.refresh(two.refresh_token)).status).toBe(200);
});

it('is for the client itself', async () => {
  const { server } = world;
  const client = await McpClient.register(server);
  const tokens = await client.connect();
  const stranger = await McpClient.register(server);
  await stranger.revoke(tokens.refresh_token);
  expect((await use(server, tokens.access_token)).status).toBe(200);
  expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
});

it('says nothing about tokens that it does not know, and that access tokens end by themselves', async () => {
  const client = await McpClient.register(world.server);
  expect(await client.revoke('unknown')).toBe(200);
  const { access_token: token } = await client.connect();
  expect(await client.revoke(token)).toBe(400);
});

describe('what has ended', () => {
  it('has ended after a restart too', async () => {
    const client = await McpClient.register(world.server);
    const tokens = await client.connect();
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
