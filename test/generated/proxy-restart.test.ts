// A server in proxy mode that is killed and comes back: neither clients nor people notice. And its own
// tests of what it remembers, with the Redis that they do without elsewhere.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { Browser } from '../../templates/oauth-proxy/test/support/browser.js';
import {
  startUpstream,
  type TestUpstream,
} from '../../templates/oauth-proxy/test/support/upstream.js';
import { Person } from '../support/person.js';
import { boot, freePort, type Project, type Running } from '../support/project.js';
import {
  agreeIn,
  browserThat,
  createProxyProject,
  network,
  refreshAndCall,
  settingsFor,
} from '../support/proxy.js';
import { redisProgram, startRedis } from '../support/redis.js';

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

describe('with SQLite, a server', () => {
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
    const person = new Person('Ada', server.url, modern, agreeIn(browserThat(upstream, restart)));
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
