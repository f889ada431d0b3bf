// Authorization codes are good once, for one client, one verifier and one redirect URI; and what is
// used by several at the same moment, as on two instances.
import { createHash } from 'node:crypto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { McpClient, redirectUri, type Tokens, use } from './support/mcp-client.js';
import { meetings } from './support/meetings.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));
vi.mock('../src/store/open-store.js', async (original) => {
  const { withMeetings } = await import('./support/meetings.js');
  return withMeetings(await original());
});

const world = useWorld();
afterEach(() => expect(meetings).toEqual({}));
const invalidGrant = { status: 400, body: { error: 'invalid_grant' } };

describe('a code that is used twice (RFC 6749 §4.1.2)', () => {
  it('is refused, and everything that it gave ends', async () => {
    const { server } = world;
    const client = await McpClient.register(server);
    const code = await client.code();
    const { body } = await client.exchange(code);
    const tokens = body as unknown as Tokens;
    expect((await use(server, tokens.access_token)).status).toBe(200);

    expect(await client.exchange(code)).toMatchObject(invalidGrant);
    expect((await use(server, tokens.access_token)).status).toBe(401);
    expect(await client.refresh(tokens.refresh_token)).toMatchObject(invalidGrant);
  });

  it('by twenty at the same time, of which one wins, gives nothing that is good', async () => {
    const { server } = world;
    const client = await McpClient.register(server);
    const code = await client.code();
    // All have found the code unused when the first one uses it.
    meetings.claim = 20;
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.exchange(code)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good.length).toBeLessThanOrEqual(1);
    for (const { body } of good) {
      expect((await use(server, String(body.access_token))).status).toBe(401);
      expect(await client.refresh(String(body.refresh_token))).toMatchObject(invalidGrant);
    }
    expect(await client.exchange(code)).toMatchObject(invalidGrant);
  });

  it('does not end other logins of the same person with the same client', async () => {
    const { server, browser } = world;
    const client = await McpClient.register(server);
    const other = await client.connect(browser);
    const code = await client.code(browser);
    await client.exchange(code);
    await client.exchange(code);
    expect((await use(server, other.access_token)).status).toBe(200);
    expect((await client.refresh(other.refresh_token)).status).toBe(200);
  });
});

describe('a code is refused', () => {
  it('to another client', async () => {
    const { server } = world;
    const [client, thief] = [await McpClient.register(server), await McpClient.register(server)];
    const code = await client.code();
    const stolen = await thief.exchange(code, { code_verifier: client.verifier });
    expect(stolen).toMatchObject(invalidGrant);
  });

  it('when it is put into the login of somebody else (RFC 7636 §1)', async () => {
    const { server } = world;
    const client = await McpClient.register(server);
    const code = await client.code();
    // The same client, at another person: it knows the verifier of its own login only.
    const injected = McpClient.at(server, client.id);
    expect(await injected.exchange(code)).toMatchObject(invalidGrant);
  });

  it.each([
    ['without a verifier', { code_verifier: undefined }],
    ['with the challenge for a verifier', { code_verifier: 'the challenge' }],
    ['for another redirect URI', { redirect_uri: 'http://127.0.0.1:9/other' }],
    ['for the same redirect URI at another port', { redirect_uri: 'http://127.0.0.1:10/callback' }],
  ])('%s', async (_, parameters: Record<string, string | undefined>) => {
    const client = await McpClient.register(world.server);
    const code = await client.code();
    if (parameters.code_verifier === 'the challenge') {
      const challenge = createHash('sha256').update(client.verifier).digest('base64url');
      parameters = { code_verifier: challenge };
    }
    expect(await client.exchange(code, parameters)).toMatchObject(invalidGrant);
    // A mistake costs nothing: the code was not used.
    expect((await client.exchange(code, { redirect_uri: redirectUri })).status).toBe(200);
  });

  it('after a minute', async () => {
    const client = await McpClient.register(world.server);
    const code = await client.code();
    world.elapse(61);
    expect(await client.exchange(code)).toMatchObject(invalidGrant);
  });

  it('for another resource (RFC 8707)', async () => {
    const client = await McpClient.register(world.server);
    const code = await client.code();
    const resource = 'https://other.example/mcp';
    expect(await client.exchange(code, { resource })).toMatchObject({
      status: 400,
      body: { error: 'invalid_target' },
    });
  });
});

it.each([
  [{ code_challenge: undefined, code_challenge_method: undefined }],
  [{ code_challenge_method: undefined }],
  [{ code_challenge_method: 'plain', code_challenge: 'c'.repeat(43) }],
  [{ code_challenge: 'short' }],
])('there are no codes without a challenge by S256: %j', async (parameters) => {
  const client = await McpClient.register(world.server);
  const { url } = await world.browser.visit(client.authorizationUrl(parameters));
  expect(url.href).toMatch(/^http:\/\/127\.0\.0\.1:9\/callback\?/);
  expect(url.searchParams.get('error')).toBe('invalid_request');
});

it('two refreshes with one token at the same time both give tokens that are good', async () => {
  const { server } = world;
  const client = await McpClient.register(server);
  const { refresh_token: token } = await client.connect();
  meetings.claim = 2;
  const both = await Promise.all([client.refresh(token), client.refresh(token)]);
  for (const { status, body } of both) {
    expect(status).toBe(200);
    expect((await use(server, String(body.access_token))).status).toBe(200);
    expect((await client.refresh(String(body.refresh_token))).status).toBe(200);
  }
});

it('an answer of the provider that comes twice at the same time counts once', async () => {
  const { server, upstream, browser } = world;
  const client = await McpClient.register(server);
  const page = await browser.visit(client.authorizationUrl());
  browser.stopsAt = ({ pathname }) => pathname === '/oauth/callback';
  const { url } = await browser.press(page, 'allow');
  browser.stopsAt = () => false;
  meetings.take = 2;
  const ends = await Promise.all([browser.visit(url), browser.visit(url)]);
  expect(ends.filter((end) => end.url.searchParams.has('state')).length).toBeGreaterThan(0);
  expect(upstream.asked.token).toHaveLength(1);
});
