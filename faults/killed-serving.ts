/** A server is killed, or told to stop, in the middle of its work: nobody loses a login, no request is cut. */
import { setTimeout as pause } from 'node:timers/promises';
import { type Login, logInOnce } from '../bench/login-client.js';
import { freePort } from '../test/support/project.js';
import { redisProgram, startRedis } from '../test/support/redis.js';
import { call, describe, describeStatuses, refresh, seconds } from './client.js';
import type { Fault, Look } from './fault.js';
import { type Server, startServer } from './servers.js';
import { check } from './stores.js';
import { createProvidedWorld, createProxyWorld, createWorlds } from './worlds.js';

const rounds = 3;
const people = 8;

export const killedWhileServing: Fault = {
  name: 'killed-while-serving',
  about: `${people} people renew their tokens and call tools without a rest; the server is killed (SIGKILL) and started again, ${rounds} times. Then servers of all modes are told to stop (SIGTERM) in the middle of calls.`,
  async cause(look) {
    await killWithStore(look, 'SQLite');
    if (redisProgram.path !== undefined) {
      await using redis = await startRedis({ keeps: true });
      await killWithStore(look, 'Redis', { AUTH_STORE: redis.url });
    }
    {
      await using server = await startServer('open');
      await stopGently(look, 'open', server);
    }
    for (const create of createWorlds) {
      await using world = await create();
      await using server = await world.start();
      await stopGently(look, world.mode, server, await world.token(server));
    }
    await stopInTheMiddle(look);
  },
};

async function killWithStore(look: Look, store: string, settings: Record<string, string> = {}) {
  await using world = await createProxyWorld();
  const environment = { ...settings, PORT: String(await freePort()) };
  let server = await world.start(environment);
  const port = server.port;
  const logins = await Promise.all(
    Array.from({ length: people }, () => logInOnce(port, world.upstream)),
  );
  const met = new Map<number, number>();
  let longest = 0;
  for (let round = 0; round < rounds; round++) {
    const working = new AbortController();
    const work = logins.map((login) => keepUsing(server, login, working.signal, met));
    await pause(700);
    await server.stop('SIGKILL');
    working.abort();
    await Promise.all(work);
    const started = performance.now();
    server = await world.start(environment);
    longest = Math.max(longest, performance.now() - started);
  }
  const after = await Promise.all(logins.map((login) => refresh(server, login)));
  const calls = await Promise.all(logins.map(({ accessToken }) => call(server, accessToken)));
  const goOn = [...after, ...calls].filter(({ status }) => status === 200).length;
  look(
    `proxy with ${store}, while it was killed`,
    'answer by 200, or not at all',
    `${describeStatuses(met)}; it came back in ${seconds(longest)}`,
    [...met.keys()].every((status) => status === 200 || status === 0),
  );
  look(
    `proxy with ${store}, afterwards`,
    'let everybody refresh and call, without a new login',
    `${goOn} of ${2 * people} answers were 200`,
    goOn === 2 * people,
  );
  await server.stop();
  if (store !== 'SQLite') return;
  const state = await check(world.folder);
  look('proxy with SQLite: the database', 'be whole', state, state === 'ok');
}

async function keepUsing(
  server: Server,
  login: Login,
  signal: AbortSignal,
  met: Map<number, number>,
): Promise<void> {
  while (!signal.aborted) {
    for (const seen of [await refresh(server, login), await call(server, login.accessToken)]) {
      met.set(seen.status, (met.get(seen.status) ?? 0) + 1);
    }
  }
}

/** Later calls find nobody. */
async function stopGently(look: Look, mode: string, server: Server, token?: string) {
  const met = new Map<string, number>();
  let stopping = false;
  const keepCalling = async () => {
    for (;;) {
      const { status, error } = await call(server, token);
      const key = status === 0 ? (error ?? 'none') : String(status);
      met.set(key, (met.get(key) ?? 0) + 1);
      if (stopping && status !== 200) return;
    }
  };
  const work = Array.from({ length: 4 }, keepCalling);
  await pause(300);
  stopping = true;
  const started = performance.now();
  const status = await server.stop('SIGTERM');
  const elapsed = performance.now() - started;
  await Promise.all(work);
  look(
    `${mode}, told to stop`,
    'answer or be gone, and end with status 0 within 9 s',
    `${[...met].map(([key, count]) => `${key} × ${count}`).join(', ')}; status ${status} after ${seconds(elapsed)}`,
    // A connection that was kept alive may be closed in the moment in which it is used again.
    [...met.keys()].every((key) =>
      ['200', 'ECONNREFUSED', 'UND_ERR_SOCKET', 'ECONNRESET'].includes(key),
    ) &&
      status === 0 &&
      elapsed < 9_000,
  );
}

/** The one call for which it is certain that the server has taken it. */
async function stopInTheMiddle(look: Look): Promise<void> {
  await using world = await createProvidedWorld('introspection');
  await using server = await world.start();
  const token = await world.token(server);
  world.trouble.delay = 1_000;
  const calling = call(server, token);
  await pause(400);
  const [seen, status] = await Promise.all([calling, server.stop('SIGTERM')]);
  look(
    'introspection, told to stop while it asks its provider',
    'answer first',
    `${describe(seen)}; status ${status}`,
    seen.status === 200 && status === 0,
  );
}
