// Authorization codes: each is good once, for one client, one verifier and one redirect URI.
import { createHash } from 'node:crypto';
import { describe, expect, it, vi } from 'vitest';
import { McpClient, redirectUri, type Tokens, use } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();
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

  it('at the same time, twenty times, gives at most one set of tokens, and that ends', async () => {
    const { server } = world;
    const client = await McpClient.register(server);
    const code = await client.code();
    const answers = await Promise.all(Array.from({ length: 20 }, () => client.exchange(code)));
    const good = answers.filter(({ status }) => status === 200);
    expect(good.length).toBeLessThanOrEqual(1);
    for (const { body } of good) {
      expect((await use(server, String(body.access_token))).status).toBe(401);
      expect(await client.refresh(String(body.refresh_token))).toMatchObject(invalidGrant);
    }
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
