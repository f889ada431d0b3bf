/** What a proxy keeps its state in goes away: Redis, or the space for its database. */
import { execFileSync } from 'node:child_process';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Login, logInOnce } from '../bench/login-client.js';
import { findProgram } from '../test/support/program.js';
import { failedStart } from '../test/support/project.js';
import { redisProgram, startRedis, type TestRedis } from '../test/support/redis.js';
import { ask, call, describe, nextAddress, refresh } from './client.js';
import type { Fault, Look } from './fault.js';
import { expect200, expectRecovery, expectWait } from './provider-later.js';
import type { Server } from './servers.js';
import { createProxyWorld } from './worlds.js';

export const redisGone: Fault = {
  name: 'redis-gone',
  about:
    'Redis, which keeps the state of a server in proxy mode, is not there at the start, is killed, does not answer any more, comes back, and comes back without its memory.',
  async cause(look) {
    if (redisProgram.path === undefined) return skip(look, 'redis-server');
    await using world = await createProxyWorld();
    await using redis = await startRedis({ keeps: true });
    const environment = { AUTH_STORE: redis.url };
    await redis.kill();
    const { status, output } = await failedStart(world.start(environment));
    const sentence = output.split('\n').find((line) => line.startsWith('Redis')) ?? 'nothing';
    look(
      'not there at the start',
      'end with status 1, and say why',
      `status ${status}: ${sentence}`,
      status === 1 && sentence !== 'nothing',
    );
    await redis.start();

    await using server = await world.start(environment);
    const login = await logInOnce(server.port, world.upstream);
    await goAway(look, server, login, 'killed', redis.kill, redis.start);
    await goAway(
      look,
      server,
      login,
      'silent',
      async () => redis.freeze(),
      async () => redis.thaw(),
    );
    await forget(look, redis, environment);
  },
};

async function goAway(
  look: Look,
  server: Server,
  login: Login,
  how: string,
  leave: () => Promise<void>,
  comeBack: () => Promise<void>,
): Promise<void> {
  await leave();
  expect200(look, `${how}: a call`, await call(server, login.accessToken));
  expectWait(look, `${how}: a refresh`, await refresh(server, login));
  expectWait(look, `${how}: a registration`, await register(server));
  expect200(look, `${how}: /health`, await ask(`http://127.0.0.1:${server.port}/health`));
  await comeBack();
  await expectRecovery(look, `${how}: the same refresh token, when it is back`, () =>
    refresh(server, login),
  );
  expect200(look, `${how}: a call after that`, await call(server, login.accessToken));
}

/** Redis without a file forgets everything when it ends. */
async function forget(look: Look, { kill }: TestRedis, environment: Record<string, string>) {
  await kill();
  await using world = await createProxyWorld();
  await using redis = await startRedis();
  await using server = await world.start({ ...environment, AUTH_STORE: redis.url });
  const login = await logInOnce(server.port, world.upstream);
  await redis.kill();
  await redis.start();
  await expectRecovery(look, 'without memory: a new login', async () => {
    await logInOnce(server.port, world.upstream);
    return call(server, login.accessToken);
  });
  const lost = await refresh(server, login);
  look(
    'without memory: a refresh',
    'be refused, so that the client registers anew and the person logs in again',
    describe(lost),
    lost.status === 401 || lost.status === 400,
  );
}

export const diskFull: Fault = {
  name: 'disk-full',
  about:
    "The disk with the SQLite database is full, and has space again. It is a limit for the size of the process's files (`prlimit --fsize`), which needs no rights and makes writes fail in the same place; where the run may mount a file system of 1 MB, it also fills a real one.",
  async cause(look) {
    const prlimit = findProgram('prlimit', 'util-linux');
    if (prlimit.path === undefined) return skip(look, 'prlimit');
    const limit = (pid: number | undefined, size: string) =>
      execFileSync(prlimit.path as string, ['--pid', String(pid), `--fsize=${size}:`]);
    await using world = await createProxyWorld();
    await using server = await world.start();
    const { pid } = server.process;
    await runFull(look, 'a limit', server, world, {
      // Not even what is there may be written again.
      fill: () => void limit(pid, '1'),
      free: () => void limit(pid, 'unlimited'),
    });
    const size = statSync(join(world.folder, 'auth.db')).size;
    look(
      'a limit: the database',
      'be whole',
      `${size} bytes, ${await check(world.folder)}`,
      (await check(world.folder)) === 'ok',
    );
    await fillFileSystem(look);
  },
};

/** On a file system of its own; the run needs the right to mount one. */
async function fillFileSystem(look: Look): Promise<void> {
  await using world = await createProxyWorld();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', world.folder], {
      stdio: 'ignore',
    });
  } catch {
    look(
      'a full file system',
      'be tried where it can be',
      'left out: this run may mount none',
      true,
    );
    return;
  }
  try {
    await using server = await world.start();
    const ballast = join(world.folder, 'ballast');
    await runFull(look, 'a full file system', server, world, {
      fill() {
        try {
          writeFileSync(ballast, Buffer.alloc(2 ** 20));
        } catch {
          // That is how it ends: there is no space left.
        }
      },
      free: () => rmSync(ballast),
    });
    const state = await check(world.folder);
    look('a full file system: the database', 'be whole', state, state === 'ok');
  } finally {
    execFileSync('umount', ['-l', world.folder]);
  }
}

async function runFull(
  look: Look,
  how: string,
  server: Server,
  world: { upstream: Parameters<typeof logInOnce>[1] },
  disk: { fill(): void; free(): void },
): Promise<void> {
  const login = await logInOnce(server.port, world.upstream);
  disk.fill();
  // What fits into what is there already may still be done.
  let refused = await register(server);
  for (let turn = 0; turn < 200 && refused.status === 201; turn++) refused = await register(server);
  expectWait(look, `${how}: a registration`, refused);
  const first = await refresh(server, login);
  look(
    `${how}: a refresh`,
    'be done, or told to wait',
    describe(first),
    first.status === 200 || first.status === 503,
  );
  expect200(look, `${how}: a call`, await call(server, login.accessToken));
  expect200(look, `${how}: /health`, await ask(`http://127.0.0.1:${server.port}/health`));
  disk.free();
  await expectRecovery(look, `${how}: the same refresh token, with space again`, () =>
    refresh(server, login),
  );
  await expectRecovery(look, `${how}: a new login, with space again`, async () => {
    const { accessToken } = await logInOnce(server.port, world.upstream);
    return call(server, accessToken);
  });
}

/** What SQLite says about the file, once nobody has it. */
export async function check(folder: string): Promise<string> {
  const { default: Database } = await import('libsql');
  const database = new Database(join(folder, 'auth.db'));
  const [row] = database.prepare('PRAGMA integrity_check').all() as { integrity_check: string }[];
  database.close();
  return row?.integrity_check ?? 'no answer';
}

function register({ port }: Server) {
  return ask(`http://127.0.0.1:${port}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': nextAddress() },
    body: JSON.stringify({ redirect_uris: ['http://127.0.0.1:9/callback'] }),
  });
}

function skip(look: Look, program: string): void {
  look('none', `be tried where ${program} is installed`, 'left out: it is not', true);
}
