// A server in proxy mode that runs twice, and one that comes back: whatever step of a login an
// instance dies at, another one goes on, and neither the client nor the person notices.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../../templates/oauth-proxy/test/support/browser.js';
import {
  startUpstream,
  type TestUpstream,
} from '../../templates/oauth-proxy/test/support/upstream.js';
import { eras } from '../support/client.js';
import { type Cluster, startCluster } from '../support/cluster.js';
import { Person } from '../support/person.js';
import { boot, freePort, type Project, type Running } from '../support/project.js';
import { agreeIn, createProxyProject, network, settingsFor } from '../support/proxy.js';
import { redisProgram, startRedis } from '../support/redis.js';
import { use } from '../support/simulation-client.js';

const modern = { pin: '2026-07-28' } as const;

let project: Project;
let upstream: TestUpstream;
beforeAll(async () => {
  project = await createProxyProject();
});
beforeEach(async () => {
  upstream = await startUpstream();
});
afterEach(() => upstream.close());
afterAll(() => project?.[Symbol.asyncDispose]());

/** How often somebody had to log in at the provider. */
const logins = () => upstream.asked.authorize.length;

/** Lets the client believe that its access token has expired, and call a tool. */
async function refreshAndCall(person: Person): Promise<void> {
  const before = person.tokens;
  if (before === undefined) throw new Error('Nobody has logged in yet');
  person.tokens = { ...before, access_token: 'expired' };
  expect((await person.callTool('whoami')).structuredContent).toMatchObject({ subject: 'ada' });
  expect(person.tokens.refresh_token).not.toBe(before.refresh_token);
}

function clientOf({ information }: Person): string {
  return information?.client_id ?? '';
}

/** Uses the refresh token, and forgets the answer. */
function refresh(person: Person, url: string): Promise<Response> {
  const fields = { client_id: clientOf(person), refresh_token: person.tokens?.refresh_token ?? '' };
  const body = new URLSearchParams({ grant_type: 'refresh_token', ...fields });
  return fetch(new URL('/oauth/token', url), { method: 'POST', body });
}

/** A browser where something happens on the way: when it has to log in at the provider. */
function browserThat(does: () => Promise<unknown>): Browser {
  return new Browser({
    ...network,
    async fetch(input, init) {
      if (String(input).startsWith(`${upstream.issuer}/authorize`)) await does();
      return fetch(input, init);
    },
  });
}

describe.skipIf(redisProgram.path === undefined)('two instances with one Redis', () => {
  let cluster: Cluster;
  beforeEach(async () => {
    cluster = await startCluster(project, upstream);
  });
  afterEach(() => cluster[Symbol.asyncDispose]());

  it.each(eras)('take turns at all steps, for a client of era %j', async (era) => {
    const person = new Person('Ada', cluster.url, era, agreeIn(new Browser(network)));
    await person.connect();
    expect((await person.callTool('server_status')).isError).toBeFalsy();
    await refreshAndCall(person);

    const { served } = cluster.balancer;
    const steps = served.map(({ request }) => request.replace(/[\w-]{43}/, 'ID'));
    const login = [
      'GET /oauth/authorize',
      'GET /oauth/interaction/ID',
      'POST /oauth/interaction/ID',
      'GET /oauth/callback',
      'GET /oauth/interaction/ID/callback',
      'GET /oauth/authorize/ID',
      'POST /oauth/token',
      'POST /mcp',
    ];
    const start = steps.indexOf('POST /oauth/register') + 1;
    expect(steps.slice(start, start + login.length)).toEqual(login);
    for (const [index, { instance }] of served.entries()) expect(instance).toBe(index % 2);
    expect(logins()).toBe(1);
  });

  it.each([0, 1])('instance %i dies while the person is at the provider', async (instance) => {
    const browser = browserThat(() => cluster.kill(instance));
    const person = new Person('Ada', cluster.url, modern, agreeIn(browser));
    await person.connect();
    expect((await person.callTool('whoami')).structuredContent).toMatchObject({ subject: 'ada' });
    await refreshAndCall(person);
    expect(logins()).toBe(1);

    // The one that comes back knows the person, too.
    await cluster.restart(instance);
    await cluster.kill(1 - instance);
    await refreshAndCall(person);
    const other = new Person('Ada', cluster.url, modern, agreeIn(browser));
    await other.connect();
    expect(clientOf(other)).not.toBe(clientOf(person));
    expect(logins()).toBe(1);
  });

  it('one dies after each refresh', async () => {
    const person = new Person('Ada', cluster.url, modern, agreeIn());
    await person.connect();
    for (const instance of [0, 1, 0]) {
      await cluster.kill(instance);
      await refreshAndCall(person);
      await cluster.restart(instance);
      await refreshAndCall(person);
    }
    expect(person.visited.length).toBe(1);
  });

  it('one dies while it refreshes at the provider', async () => {
    upstream.lifetime = 1;
    const person = new Person('Ada', cluster.url, modern, agreeIn());
    await person.connect();
    // The next to be asked gets no further than to the provider.
    let killed: Promise<void> | undefined;
    upstream.tamper = (response) => {
      killed ??= cluster.kill(cluster.balancer.served.at(-1)?.instance ?? 0);
      return response;
    };
    expect((await refresh(person, cluster.url)).status).toBe(502);
    await killed;
    await forgetLocks(cluster.redis.url);
    // The client has no answer, and asks again with what it has.
    await refreshAndCall(person);
    expect(person.visited.length).toBe(1);
  });

  it('what one revokes, the other refuses a few seconds later', async () => {
    const person = new Person('Ada', cluster.url, modern, agreeIn());
    await person.connect();
    const [first = '', second = ''] = cluster.instances.map(({ url }) => url);
    const token = person.tokens?.access_token ?? '';
    expect(await use(second, token)).toEqual({ status: 200 });
    const fields = { client_id: clientOf(person), token: person.tokens?.refresh_token ?? '' };
    const body = new URLSearchParams(fields);
    await fetch(new URL('/oauth/revoke', first), { method: 'POST', body });
    expect(await use(first, token)).toMatchObject({ status: 401, message: 'The login has ended' });
    await expect
      .poll(() => use(second, token), { timeout: 10_000 })
      .toMatchObject({ status: 401, message: 'The login has ended' });
  });

  it.each([
    ['is killed', () => cluster.redis.kill(), () => cluster.redis.start()],
    ['does not answer', () => cluster.redis.freeze(), () => cluster.redis.thaw()],
  ])(
    'Redis %s: requests are to come back, and when it is there everything goes on',
    async (_, leave, comeBack) => {
      const browser = new Browser(network);
      const person = new Person('Ada', cluster.url, modern, agreeIn(browser));
      await person.connect();
      const tokens = person.tokens;
      await leave();

      const html = { accept: 'text/html', cookie: browser.cookiesFor(new URL(cluster.url)) };
      const page = await fetch(new URL('/oauth/connections', cluster.url), { headers: html });
      expect(page.status).toBe(503);
      expect(await page.text()).toContain('Try again in a minute.');
      const refused = await refresh(person, cluster.url);
      expect(refused.status).toBe(503);
      expect(refused.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(await refused.json()).toMatchObject({ error: 'temporarily_unavailable' });
      // Tokens are checked without it.
      expect((await person.callTool('whoami')).isError).toBeFalsy();
      // The official client keeps what it has, and does not bother the person.
      await expect(refreshAndCall(person)).rejects.toThrow('Try again in a minute.');
      expect(person.tokens?.refresh_token).toBe(tokens?.refresh_token);

      await comeBack();
      await expect
        .poll(() => fetch(new URL('/oauth/connections', cluster.url)).then(({ status }) => status))
        .toBe(200);
      await refreshAndCall(person);
      const other = new Person('Ada', cluster.url, modern, agreeIn(browser));
      await other.connect();
      expect(person.visited.length).toBe(1);
      expect(logins()).toBe(1);
      for (const { process } of cluster.instances) expect(process.exitCode).toBeNull();
    },
  );
});

/** Lets the time of locks pass that nobody gives back. They are the only records so short. */
async function forgetLocks(url: string): Promise<void> {
  const redis = new Redis(url);
  const keys = await redis.keys('{mcp}:r:*');
  const lives = await Promise.all(keys.map((key) => redis.pttl(key)));
  const locks = keys.filter((_, index) => Number(lives[index]) <= 15_000);
  expect(locks.length).toBe(1);
  await redis.del(locks);
  redis.disconnect();
}

describe('one instance with SQLite', () => {
  let folder: string;
  let server: Running;
  const PORT = freePort();
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), 'sqlite-'));
    server = await start();
  });
  afterEach(async () => {
    await server[Symbol.asyncDispose]();
    await fs.remove(folder);
  });

  async function start(): Promise<Running> {
    const store = `file:${join(folder, 'auth.db')}`;
    return boot(project, { ...settingsFor(upstream, store), PORT: String(await PORT) });
  }

  async function restart(): Promise<void> {
    await server.stop('SIGKILL');
    server = await start();
  }

  it('is killed, and comes back as if nothing had happened', async () => {
    const browser = new Browser(network);
    const person = new Person('Ada', server.url, modern, agreeIn(browser));
    await person.connect();
    const other = new Person('Ada', server.url, modern, agreeIn(browser));
    other.information = person.information;
    await restart();
    // The access token, the refresh token, …
    expect((await person.callTool('whoami')).isError).toBeFalsy();
    await refreshAndCall(person);
    // … the registration and the consent: the same client has to ask nobody.
    const pages = browser.visited.length;
    await other.connect();
    const shown = browser.visited.slice(pages).filter(({ html }) => html.includes('<form'));
    expect(shown).toEqual([]);
    // … and who is logged in at this browser: another client needs a consent only.
    const third = new Person('Ada', server.url, modern, agreeIn(browser));
    await third.connect();
    expect(logins()).toBe(1);
    expect(person.visited.length).toBe(1);
  });

  it('is killed while somebody is at the provider', async () => {
    const person = new Person('Ada', server.url, modern, agreeIn(browserThat(restart)));
    await person.connect();
    await refreshAndCall(person);
    expect(logins()).toBe(1);
  });
});

it.skipIf(redisProgram.path === undefined)(
  'passes its own tests of the store with Redis',
  async () => {
    await using redis = await startRedis();
    const tests = ['store', 'redis', 'adapter', 'replay'].map((name) => `test/${name}.test.ts`);
    const { stdout } = await execa(
      'node_modules/.bin/vitest',
      ['run', '--reporter=json', ...tests],
      {
        cwd: project.directory,
        env: { TEST_REDIS_URL: redis.url },
      },
    );
    const { testResults } = JSON.parse(stdout) as {
      testResults: { assertionResults: { ancestorTitles: string[]; status: string }[] }[];
    };
    const passed = testResults
      .flatMap(({ assertionResults }) => assertionResults)
      .filter(({ ancestorTitles }) => ancestorTitles.join().includes('Redis'))
      .filter(({ status }) => status === 'passed');
    expect(passed.length).toBeGreaterThan(30);
  },
);
