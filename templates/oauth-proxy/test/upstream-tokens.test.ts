// The provider's tokens: tools get good ones, and nobody else gets any. A login that has ended there
// has ended here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../src/log.js';
import { Browser } from './support/browser.js';
import { McpClient, type Tokens, use } from './support/mcp-client.js';
import { given, ranFor } from './support/provider-tool.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));
vi.mock('../src/tools/index.js', async (original) => {
  const { withProviderTool } = await import('./support/provider-tool.js');
  return withProviderTool(await original());
});

const world = useWorld();
let client: McpClient;
let tokens: Tokens;

beforeEach(async () => {
  given.length = 0;
  client = await McpClient.register(world.server);
  tokens = await client.connect(world.browser);
});

const call = (tool: string, token = tokens.access_token) => use(world.server, token, tool);

it('a tool gets the token of the person who calls it', async () => {
  expect(await call('call_provider')).toMatchObject({ status: 200, body: { result: {} } });
  const { accessToken, scopes, expiresAt } = given[0] ?? {};
  expect(world.upstream.issued).toContain(accessToken);
  expect(scopes).toEqual(['openid', 'profile', 'email', 'offline_access']);
  expect(expiresAt).toBe(Math.floor(Date.now() / 1000) + 3600);
});

it('a token that is about to end is renewed once, however many ask', async () => {
  const { server, upstream } = world;
  upstream.lifetime = 300;
  const { access_token: token } = await (await McpClient.register(server)).connect();
  const before = upstream.issued.length;
  world.elapse(250);
  await Promise.all(Array.from({ length: 10 }, () => call('call_provider', token)));
  expect(upstream.asked.token.at(-1)?.get('grant_type')).toBe('refresh_token');
  const [renewed] = upstream.issued.slice(before);
  expect(given.map(({ accessToken }) => accessToken)).toEqual(Array(10).fill(renewed));
  expect(upstream.issued).toHaveLength(before + 3);
});

describe('a login that was revoked at the provider', () => {
  beforeEach(() => {
    world.upstream.revoked = true;
  });

  it('gives no tokens any more at the next renewal, though its own would last', async () => {
    world.elapse(600);
    expect(await client.refresh(tokens.refresh_token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant' },
    });
  });

  it('ends with the tool that finds out: that request and all later ones are refused', async () => {
    const { server } = world;
    const info = vi.spyOn(log, 'info');
    // The provider's token ends before ours.
    world.upstream.lifetime = 300;
    world.upstream.revoked = false;
    const short = await (await McpClient.register(server)).connect();
    world.upstream.revoked = true;
    world.elapse(300);
    expect((await call('whoami', short.access_token)).status).toBe(200);

    const { status, challenge, body } = await call('call_provider', short.access_token);
    expect([status, body]).toEqual([
      401,
      { error: 'invalid_token', error_description: 'The login has ended' },
    ]);
    expect(challenge).toContain('error="invalid_token"');
    expect(challenge).toContain('resource_metadata="');
    const facts = { problem: 'session_ended', error: 'invalid_grant', subject: 'ada' };
    expect(info).toHaveBeenCalledWith(expect.objectContaining(facts), 'The login has ended');
    expect((await call('whoami', short.access_token)).status).toBe(401);
    expect(given).toEqual([]);
    // Of the others, nobody knows yet.
    expect((await call('whoami')).status).toBe(200);
  });

  it('is found out without refresh tokens, by asking who it is', async () => {
    world.upstream.revoked = false;
    world.upstream.tamper = ({ refresh_token: _, expires_in: __, ...answer }) => answer;
    const other = await McpClient.register(world.server);
    const { refresh_token: token } = await other.connect();
    world.upstream.revoked = true;
    expect((await other.refresh(token)).body.error).toBe('invalid_grant');
  });

  it('is over for this browser as well', async () => {
    world.elapse(3600);
    const page = await world.browser.visit(client.authorizationUrl());
    expect(page.html).toContain('Continue to Acme');
  });
});

describe('a provider that is down', () => {
  beforeEach(() => {
    world.upstream.down = true;
  });

  it('ends nobody’s login', async () => {
    world.elapse(3600);
    const { status, body } = await client.refresh(tokens.refresh_token);
    expect(status).toBe(200);
    expect((await call('whoami', String(body.access_token))).status).toBe(200);
  });

  it('is what a tool is answered with that needs it, and a 503', async () => {
    const reports = (['error', 'info'] as const).map((level) => vi.spyOn(log, level));
    world.upstream.down = false;
    world.upstream.lifetime = 300;
    const short = await (await McpClient.register(world.server)).connect();
    world.upstream.down = true;
    world.elapse(300);
    const answer = await use(world.server, short.access_token, 'call_provider');
    expect(answer).toMatchObject({
      status: 503,
      challenge: '',
      retryAfter: '5',
      body: { error: 'temporarily_unavailable' },
    });
    expect((await call('whoami', short.access_token)).status).toBe(200);
    // The owner sees an outage, with the reason, and no stack of a tool.
    const [errors, infos] = reports.map(({ mock }) => mock.calls);
    const facts = { problem: 'provider_unavailable', subject: 'ada', status: 503 };
    expect(errors).toMatchObject([[facts, 'The provider cannot be reached']]);
    expect(infos).toContainEqual([expect.anything(), 'A tool could not do it']);
  });

  it('does not matter while its tokens last', async () => {
    world.elapse(500);
    expect(await call('call_provider')).toMatchObject({ status: 200 });
    expect(given).toHaveLength(1);
  });
});

it('a person who is no longer admitted gets no tokens any more', async () => {
  world.server = await world.server.restart({ OAUTH_ALLOWED_USERS: 'bob' });
  expect((await client.refresh(tokens.refresh_token)).body.error).toBe('invalid_grant');
  expect((await call('whoami')).status).toBe(401);
});

it('no tool runs for a client that has given its token back', async () => {
  await call('call_provider');
  ranFor.length = 0;
  await client.revoke(tokens.refresh_token);
  expect((await call('call_provider')).status).toBe(401);
  expect(ranFor).toEqual([]);
});

it('one client that ends leaves the others of the same login alone', async () => {
  const other = await McpClient.register(world.server);
  const { access_token: token } = await other.connect(world.browser);
  await client.revoke(tokens.refresh_token);
  expect(await call('call_provider', token)).toMatchObject({ status: 200 });
  expect(given).toHaveLength(1);
});

describe('of secrets', () => {
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
    const { server, upstream } = world;
    const browser = new Browser(server);
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

  it('clients and browsers get none that the provider gave this server', () => {
    expect(secrets.theirs.length).toBeGreaterThan(10);
    expect(said.join('').length).toBeGreaterThan(1_000);
    expect(found(said, secrets.theirs)).toEqual([]);
  });

  it('the log has none, though it tells what happened', () => {
    for (const event of ['Somebody logged in', 'A client is connected', 'A client was refused']) {
      expect(logged.join('\n')).toContain(event);
    }
    expect(found(logged, [...secrets.ours, ...secrets.theirs])).toEqual([]);
    expect(found(logged, [String(world.server.config.auth.secrets)])).toEqual([]);
  });

  it('the database file shows none to whoever has only that', () => {
    const files = readdirSync(world.server.folder).map((name) =>
      readFileSync(join(world.server.folder, name), 'latin1'),
    );
    expect(files.join('').length).toBeGreaterThan(10_000);
    expect(found(files, [...secrets.ours, ...secrets.theirs])).toEqual([]);
    // Nor who the people are.
    expect(found(files, ['ada@example.com', 'Ada Lovelace', 'upstream-'])).toEqual([]);
  });
});
