// A server in proxy mode that runs twice: whatever step of a login an instance dies at, the other one
// goes on, and neither the client nor the person notices.
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
import type { Project } from '../support/project.js';
import {
  agreeIn,
  browserThat,
  createProxyProject,
  network,
  refreshAndCall,
} from '../support/proxy.js';
import { redisProgram } from '../support/redis.js';
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

function clientOf({ information }: Person): string {
  return information?.client_id ?? '';
}

/** Uses the refresh token, and forgets the answer. */
function refresh(person: Person, url: string): Promise<Response> {
  const fields = { client_id: clientOf(person), refresh_token: person.tokens?.refresh_token ?? '' };
  const body = new URLSearchParams({ grant_type: 'refresh_token', ...fields });
  return fetch(new URL('/oauth/token', url), { method: 'POST', body });
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
    const browser = browserThat(upstream, () => cluster.kill(instance));
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
    for (const instance of [0, 1]) {
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
