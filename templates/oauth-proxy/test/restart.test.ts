// What outlives a restart, and a change of the secret (AUTH_SECRET="new,old").
import { decodeProtectedHeader } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { log } from '../src/log.js';
import { McpClient, use } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const [first, second] = ['1'.repeat(43), '2'.repeat(43)];
const world = useWorld({ AUTH_SECRET: first });

/** Everything that people and clients may hold in their hands while the server is stopped. */
async function begin() {
  const { server, browser } = world;
  const client = await McpClient.register(server, { client_name: 'Before' });
  const tokens = await client.connect(browser);
  const code = await client.code(browser);
  const question = await browser.visit(client.authorizationUrl({ prompt: 'consent' }));
  browser.stopsAt = ({ pathname }) => pathname === '/oauth/callback';
  const there = await browser.visit(client.authorizationUrl({ prompt: 'login' }));
  const { url: callback } = await browser.press(there, 'allow');
  browser.stopsAt = () => false;
  return { client, tokens, code, question, callback };
}

async function restart(secret: string) {
  world.server = await world.server.restart({ AUTH_SECRET: secret });
  return world;
}

describe.each([
  ['a restart', first],
  ['a new secret before the old one', `${second},${first}`],
  ['a new secret behind the old one', `${first} ${second}`],
])('after %s', (_, secret) => {
  it('everything goes on', async () => {
    const { client, tokens, code, question, callback } = await begin();
    const { server, browser } = await restart(secret);
    expect((await use(server, tokens.access_token)).status).toBe(200);
    expect((await client.exchange(code)).status).toBe(200);
    expect((await client.refresh(tokens.refresh_token)).status).toBe(200);
    // The browser: a question that is open, a login that is under way, and the session.
    for (const answer of [await browser.press(question, 'allow'), await browser.visit(callback)]) {
      expect(answer.url.searchParams.get('code')).toEqual(expect.any(String));
    }
    const { url } = await browser.visit(client.authorizationUrl());
    expect(url.searchParams.get('code')).toEqual(expect.any(String));
  });
});

it('new tokens are signed with the new secret’s key, and the old key is still published', async () => {
  const { client, tokens } = await begin();
  const { server } = await restart(`${second},${first}`);
  const { body } = await client.refresh(tokens.refresh_token);
  const { keys } = (await (await fetch(`${server.url}/oauth/jwks`)).json()) as {
    keys: { kid: string }[];
  };
  const kid = (token: unknown) => decodeProtectedHeader(String(token)).kid;
  expect(keys.map((key) => key.kid)).toEqual([kid(body.access_token), kid(tokens.access_token)]);
  expect(kid(body.access_token)).not.toBe(kid(tokens.access_token));
});

it('without the old secret all that was before counts for nothing, and nothing breaks', async () => {
  const complaints = vi.spyOn(log, 'warn');
  const { client, tokens, code, question, callback } = await begin();
  const { server, browser } = await restart(second);
  expect((await use(server, tokens.access_token)).status).toBe(401);
  expect((await client.refresh(tokens.refresh_token)).status).toBe(401);
  expect((await client.exchange(code)).status).toBe(401);
  expect((await browser.press(question, 'allow')).status).toBe(400);
  expect((await browser.visit(callback)).status).toBe(400);
  expect((await browser.visit(client.authorizationUrl())).html).toContain(
    'not known here any more',
  );
  const text = complaints.mock.calls.flat().filter((fact) => String(fact).includes('AUTH_SECRET'));
  expect(text).toHaveLength(1);
  await (await McpClient.register(server)).connect(browser);
});

it('what was used before the change needs the old secret no longer', async () => {
  const { client, tokens } = await begin();
  await restart(`${second},${first}`);
  const { body } = await client.refresh(tokens.refresh_token);
  await restart(second);
  expect((await use(world.server, String(body.access_token))).status).toBe(200);
  expect((await client.refresh(String(body.refresh_token))).status).toBe(200);
});
