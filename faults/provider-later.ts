/** The provider stops working while a server runs: whoever was let in goes on, others are told to wait. */
import { setTimeout as pause } from 'node:timers/promises';
import { logInOnce } from '../bench/login-client.js';
import {
  ask,
  call,
  describe,
  describeStatuses,
  nextAddress,
  refresh,
  type Seen,
  seconds,
  untilServed,
} from './client.js';
import type { Fault, Look } from './fault.js';
import type { Trouble } from './trouble.js';
import { createProvidedWorld, createProxyWorld } from './worlds.js';

/** The longest that anybody waits for an answer, in milliseconds. */
const patience = 10_000;
/** How long after the provider everything has to work again, in milliseconds. */
const recovery = 15_000;

type Cause = Partial<Trouble>;

export const providerDownLater: Fault = {
  name: 'provider-down-later',
  about: 'Connections to the provider are cut while the server runs, and let through again.',
  cause: (look) => breakWith(look, { cut: true }),
};

export const providerSlow: Fault = {
  name: 'provider-slow',
  about:
    'The provider takes 1 s for each answer when the server starts; later it takes a minute, which is as good as none.',
  cause: (look) => breakWith(look, { delay: 60_000 }, { delay: 1_000 }),
};

async function breakWith(look: Look, cause: Cause, atStart: Cause = {}): Promise<void> {
  await breakSigned(look, cause, atStart);
  await breakAsked(look, cause, atStart);
  await breakProxied(look, cause, atStart);
}

const well: Cause = { cut: false, delay: 0 };

async function breakSigned(look: Look, cause: Cause, atStart: Cause): Promise<void> {
  await using world = await createProvidedWorld('jwt');
  Object.assign(world.trouble, atStart);
  await using server = await world.start();
  Object.assign(world.trouble, well);
  const [used, unused] = [await world.token(server), await world.token(server)];
  expect200(look, 'jwt, before', await call(server, used));
  const forged = `${unused.slice(0, -10)}AAAAAAAAAA`;
  await world.provider.rotateKeys();
  const unknown = await world.token(server);
  Object.assign(world.trouble, cause);

  expect200(look, 'jwt: a token that was used before', await call(server, used));
  expect200(look, 'jwt: a new token, by a known key', await call(server, unused));
  const wrong = await call(server, forged);
  look('jwt: a forged token', 'be refused', describe(wrong), wrong.status === 401);
  expectWait(look, 'jwt: a token by an unknown key', await call(server, unknown));
  Object.assign(world.trouble, well);
  await expectRecovery(look, 'jwt: the unknown key, when it is back', () => call(server, unknown));
}

async function breakAsked(look: Look, cause: Cause, atStart: Cause): Promise<void> {
  await using world = await createProvidedWorld('introspection');
  Object.assign(world.trouble, atStart);
  await using server = await world.start();
  Object.assign(world.trouble, well);
  const [used, unused] = [await world.token(server), await world.token(server)];
  expect200(look, 'introspection, before', await call(server, used));
  Object.assign(world.trouble, cause);
  expect200(look, 'introspection: a token that was used before', await call(server, used));
  expectWait(look, 'introspection: another token', await call(server, unused));
  const crowd = await Promise.all(
    Array.from({ length: 50 }, (_, index) => call(server, `made-up-${index}`)),
  );
  const statuses = new Set(crowd.map(({ status }) => status));
  const longest = Math.max(...crowd.map(({ milliseconds }) => milliseconds));
  look(
    'introspection: 50 tokens at once',
    `be told to wait, within ${patience / 1000 + 5} s`,
    `${[...statuses].join(', ')}, the last after ${seconds(longest)}`,
    statuses.size === 1 && statuses.has(503) && longest < patience + 5_000,
  );
  expect200(look, 'introspection: /health', await ask(`http://127.0.0.1:${server.port}/health`));
  Object.assign(world.trouble, well);
  await expectRecovery(look, 'introspection: that token, when it is back', () =>
    call(server, unused),
  );
}

async function breakProxied(look: Look, cause: Cause, atStart: Cause): Promise<void> {
  await using world = await createProxyWorld();
  Object.assign(world.trouble, atStart);
  await using server = await world.start();
  Object.assign(world.trouble, well);
  const login = await logInOnce(server.port, world.upstream);
  expect200(look, 'proxy, before', await call(server, login.accessToken));
  Object.assign(world.trouble, cause);
  expect200(look, 'proxy: a call', await call(server, login.accessToken));
  expect200(look, 'proxy: a refresh', await refresh(server, login));
  // By then the provider has to be asked whether the login is still good, and cannot be.
  await server.setClock(2 * 3_600_000);
  expect200(look, 'proxy: a refresh, two hours later', await refresh(server, login));
  expect200(look, 'proxy: a call after that', await call(server, login.accessToken));
  const registered = await ask(`http://127.0.0.1:${server.port}/oauth/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': nextAddress() },
    body: JSON.stringify({ redirect_uris: ['http://127.0.0.1:9/callback'] }),
  });
  look('proxy: a registration', 'be done', describe(registered), registered.status === 201);
  await server.setClock(0);
  Object.assign(world.trouble, well);
  await expectRecovery(look, 'proxy: a login, when it is back', async () => {
    await logInOnce(server.port, world.upstream);
    return call(server, login.accessToken);
  });
}

export const providerFlapping: Fault = {
  name: 'provider-flapping',
  about:
    'For 12 s the provider is away for a fifth of a second, back for as long, away again, and so on; clients keep asking with tokens that the server has not seen.',
  async cause(look) {
    for (const mode of ['jwt', 'introspection'] as const) {
      await using world = await createProvidedWorld(mode);
      await using server = await world.start();
      if (mode === 'jwt') await world.provider.rotateKeys();
      const tokens = await Promise.all(Array.from({ length: 150 }, () => world.token(server)));
      const met = await flap(world.trouble, () => call(server, tokens.shift()));
      judgeFlapping(look, mode, met);
      const last = await world.token(server);
      await expectRecovery(look, `${mode}, when it is back`, () => call(server, last));
    }
    await using world = await createProxyWorld();
    world.upstream.lifetime = 1;
    await using server = await world.start();
    const login = await logInOnce(server.port, world.upstream);
    const met = await flap(world.trouble, () => refresh(server, login));
    judgeFlapping(look, 'proxy, refreshes', met);
    await expectRecovery(look, 'proxy, when it is back', () => refresh(server, login));
    expect200(look, 'proxy: the login after all that', await call(server, login.accessToken));
  },
};

async function flap(trouble: Trouble, action: () => Promise<Seen>): Promise<Map<number, number>> {
  const met = new Map<number, number>();
  const end = performance.now() + 12_000;
  const flapping = setInterval(() => {
    trouble.cut = !trouble.cut;
  }, 200);
  while (performance.now() < end) {
    const { status } = await action();
    met.set(status, (met.get(status) ?? 0) + 1);
    await pause(80);
  }
  clearInterval(flapping);
  trouble.cut = false;
  return met;
}

function judgeFlapping(look: Look, what: string, met: ReadonlyMap<number, number>): void {
  const fine = [...met.keys()].every((status) => status === 200 || status === 503);
  look(what, 'serve, or tell to wait', describeStatuses(met), fine);
}

export function expect200(look: Look, what: string, seen: Seen): void {
  const expected = `be served, within ${patience / 1000} s`;
  look(what, expected, describe(seen), seen.status === 200 && seen.milliseconds < patience);
}

/** RFC 9110 §15.6.4: a client that is told to wait knows for how long. */
export function expectWait(look: Look, what: string, seen: Seen): void {
  const holds = seen.status === 503 && seen.retryAfter !== undefined;
  const expected = `be told to wait, within ${patience / 1000} s`;
  look(what, expected, describe(seen), holds && seen.milliseconds < patience);
}

export async function expectRecovery(
  look: Look,
  what: string,
  action: () => Promise<Seen>,
): Promise<void> {
  const { elapsed, served, met } = await untilServed(action, recovery);
  const seen = `${served ? 'served' : 'not served'} after ${seconds(elapsed)} (${describeStatuses(met)})`;
  look(what, `be served within ${recovery / 1000} s`, seen, served);
}
