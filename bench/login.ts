/** What a login costs the server in proxy mode, and a call with one of its tokens. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  startUpstream,
  type TestUpstream,
} from '../templates/oauth-proxy/test/support/upstream.js';
import { redisProgram, startRedis } from '../test/support/redis.js';
import { measureLoad } from './load.js';
import {
  type Login,
  logInOnce,
  type Remembered,
  refreshOnce,
  registerOnce,
} from './login-client.js';
import { createMessage, eras } from './messages.js';
import { buildGenerated } from './project.js';
import { buildProxy, startProxy, tokenOf } from './proxy-server.js';
import type { Report } from './report.js';
import { type ServerProcess, startServer } from './server-process.js';
import { median, ratio } from './statistics.js';
import { describeGoal } from './table.js';

const rounds = 7;
/** How long one kind of work goes on in one round, in milliseconds. */
const duration = 700;
const concurrency = 8;
/** What a prototype reached: complete logins in a second of CPU time. */
const goal = 105;

interface Place {
  store: string;
  server: ServerProcess;
}

/** One kind of work: what it does once, at a server, for the n-th time. */
interface Work {
  name: string;
  prepare?(place: Place): Promise<void>;
  once(place: Place): Promise<unknown>;
}

export async function measureLogins(workspace: string, report: Report): Promise<void> {
  const upstream = await startUpstream();
  const redis = redisProgram.path === undefined ? undefined : await startRedis();
  const program = buildProxy(workspace, 'login', upstream, [], liftLimits);
  const open = await startServer({
    ...buildGenerated(workspace, 'login-open'),
    env: { TOOLS: '1' },
  });
  const places = [
    { store: 'SQLite', server: await startProxy(program, upstream, `file:${workspace}/auth.db`) },
    ...(redis ? [{ store: 'Redis', server: await startProxy(program, upstream, redis.url) }] : []),
  ];

  const works = createWorks(upstream);
  const results = new Map<string, number[]>();
  for (const place of places) for (const work of works) await work.prepare?.(place);
  for (const work of works) {
    for (let round = -1; round < rounds; round++) {
      for (const place of round % 2 === 0 ? places : places.toReversed()) {
        const rate = await measureRate(place, work);
        // The first round warms up.
        if (round < 0) continue;
        const key = `${work.name} ${place.store}`;
        results.set(key, [...(results.get(key) ?? []), rate]);
      }
    }
  }
  const ratesOf = ({ name }: Work) =>
    places.map(({ store }) => median(results.get(`${name} ${store}`) ?? []));
  const calls = await measureCalls(open, places, upstream);
  await Promise.all([open, ...places.map(({ server }) => server)].map((server) => server.stop()));
  await redis?.[Symbol.asyncDispose]();
  await upstream.close();

  const [logins = []] = works.map(ratesOf);
  report.table(
    `Proxy mode: how often, in one second of CPU time of the server (median of ${rounds} alternating rounds)`,
    ['work', ...places.map(({ store }) => store)],
    works.map((work) => [work.name, ...ratesOf(work).map((rate) => rate.toFixed(0))]),
    [
      describeGoal(
        `at least ${goal} complete logins`,
        logins.map((rate) => rate.toFixed(0)).join(', '),
        logins.every((rate) => rate >= goal),
      ),
      describeGoal(
        'tools/call with a token within 15 % of the open server',
        calls.map(({ era, percent }) => `${era} ${percent.toFixed(0)} %`).join(', '),
        calls.every(({ percent }) => percent <= 15),
      ),
    ],
  );
}

/** More clients register here in a minute than a server lets register in an hour. */
function liftLimits(directory: string): void {
  const file = join(directory, 'src/authorization-server/rate-limit.ts');
  const text = readFileSync(file, 'utf8');
  const lifted = text.replaceAll(/altogether: [\d_]+/g, 'altogether: 1_000_000');
  if (lifted === text) throw new Error(`There is no limit to lift in ${file}`);
  writeFileSync(file, lifted);
}

function createWorks(upstream: TestUpstream): Work[] {
  const known = new Map<Place, { login: Login; remembered: Remembered }[]>();
  const nextOf = (place: Place) => {
    const all = known.get(place) ?? [];
    const next = all.shift();
    if (next === undefined) throw new Error('Nobody has logged in yet');
    all.push(next);
    return next;
  };
  return [
    {
      name: 'complete login: register, consent, provider, token',
      once: ({ server }) => logInOnce(server.port, upstream),
    },
    {
      name: 'login that is remembered: no page, no provider',
      async prepare(place) {
        const logins = Array.from({ length: concurrency * 2 }, () =>
          logInOnce(place.server.port, upstream),
        );
        known.set(
          place,
          (await Promise.all(logins)).map((login) => ({ login, remembered: login.remembered })),
        );
      },
      once: (place) => nextOf(place).remembered.again(),
    },
    {
      name: 'refresh',
      async once(place) {
        const { login } = nextOf(place);
        login.refreshToken = await refreshOnce(place.server.port, login);
      },
    },
    { name: 'registration', once: ({ server }) => registerOnce(server.port) },
  ];
}

/** @returns how often the work is done in one second of the server's CPU time */
async function measureRate(place: Place, { once }: Work): Promise<number> {
  const before = await place.server.usage();
  const end = performance.now() + duration;
  let count = 0;
  const keepWorking = async () => {
    do {
      await once(place);
      count++;
    } while (performance.now() < end);
  };
  await Promise.all(Array.from({ length: concurrency }, keepWorking));
  const after = await place.server.usage();
  return (count / (after.cpu - before.cpu)) * 1e6;
}

/** @returns by how much a call with a token costs more than one at the open server, in per cent */
async function measureCalls(open: ServerProcess, places: Place[], upstream: TestUpstream) {
  const [place] = places;
  if (place === undefined) return [];
  const accessToken = await tokenOf(place.server, upstream);
  const found = [];
  for (const era of eras) {
    const message = createMessage('tools/call', era, 1);
    const authorization = `Bearer ${accessToken}`;
    const authorized = { ...message, headers: { ...message.headers, authorization } };
    const variants = [
      { server: open, next: () => message },
      { server: place.server, next: () => authorized },
    ] as const;
    const results = await measureLoad(variants, { rounds: 15, duration: 300 });
    const [without = [], withToken = []] = variants.map((variant) => results.get(variant) ?? []);
    found.push({ era, percent: (ratio(withToken, without) - 1) * 100 });
  }
  return found;
}
