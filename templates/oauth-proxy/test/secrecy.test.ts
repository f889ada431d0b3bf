// What stays secret: the provider's tokens from clients, and every token from the log and the
// database file.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { beforeEach, expect, it, vi } from 'vitest';
import { log } from '../src/log.js';
import { McpClient, type Tokens, use } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));
vi.mock('../src/tools/index.js', async (original) => {
  const { withProviderTool } = await import('./support/provider-tool.js');
  return withProviderTool(await original());
});

const world = useWorld();
/** Everything that the server said, in answers and in its log. */
let said: string[];
let logged: string[];
/** Everything that anybody may use instead of a password. */
let secrets: Record<'ours' | 'theirs', string[]>;

beforeEach(async () => {
  [said, logged] = [[], []];
  for (const level of ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const) {
    vi.spyOn(log, level).mockImplementation((...facts: unknown[]) => {
      logged.push(inspect(facts, { depth: 10, showHidden: true }));
    });
  }
  const { fetch: ask } = world.server;
  world.server.fetch = async (input, init) => {
    const answer = await ask(input, init);
    const isOurs = String(input).startsWith(world.server.url);
    if (isOurs) said.push(inspect([...answer.headers]), await answer.clone().text());
    return answer;
  };
  secrets = await live();
});

/** A life with everything in it; what goes wrong is logged most. */
async function live() {
  const { server, upstream, browser } = world;
  const ours: string[] = [];
  const keep = ({ access_token: access, refresh_token: refresh }: Tokens) => {
    ours.push(access, refresh);
  };
  const client = await McpClient.register(server);
  const code = await client.code(browser);
  const first = (await client.exchange(code)).body as unknown as Tokens;
  await use(server, first.access_token, 'call_provider');
  world.elapse(3600);
  const second = (await client.refresh(first.refresh_token)).body as unknown as Tokens;
  await use(server, second.access_token, 'call_provider');
  ours.push(code, client.verifier);
  for (const tokens of [first, second]) keep(tokens);
  await client.exchange(code);
  for (const token of upstream.issued) await use(server, token);
  await use(server, `${second.access_token}x`);

  const other = await McpClient.register(server);
  keep(await other.connect(browser));
  upstream.tamper = ({ id_token: token, ...answer }) => ({ ...answer, id_token: `${token}x` });
  await other.logIn();
  upstream.revoked = true;
  world.elapse(3600);
  await other.refresh(ours.at(-1) ?? '');
  const browserSecrets = browser.cookies.map(({ value }) => value);
  const verifiers = upstream.asked.token.map((asked) => asked.get('code_verifier') ?? '');
  return {
    ours: [...ours, ...browserSecrets],
    theirs: [
      ...upstream.issued,
      ...verifiers.filter(Boolean),
      upstream.environment.OAUTH_CLIENT_SECRET ?? '',
    ],
  };
}

const found = (texts: string[], among: string[]) =>
  among.filter((secret) => texts.some((text) => text.includes(secret)));

it('clients and browsers get nothing of what the provider gave this server', () => {
  expect(secrets.theirs.length).toBeGreaterThan(10);
  expect(said.join('').length).toBeGreaterThan(1_000);
  expect(found(said, secrets.theirs)).toEqual([]);
});

it('the log tells what happened, and no secret', () => {
  expect(logged.join('\n')).toContain('A client is connected');
  expect(logged.length).toBeGreaterThan(8);
  expect(found(logged, [...secrets.ours, ...secrets.theirs])).toEqual([]);
  expect(found(logged, [String(world.server.config.auth.secrets)])).toEqual([]);
});

it('the database file can be read by nobody who has only that', () => {
  const files = readdirSync(world.server.folder).map((name) =>
    readFileSync(join(world.server.folder, name), 'latin1'),
  );
  expect(files.join('').length).toBeGreaterThan(10_000);
  expect(found(files, [...secrets.ours, ...secrets.theirs])).toEqual([]);
  // Nor who the people are.
  expect(found(files, ['ada@example.com', 'Ada Lovelace', 'upstream-'])).toEqual([]);
});
