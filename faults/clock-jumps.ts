/** The clock of a server jumps; those of everybody else do not. */
import { logInOnce } from '../bench/login-client.js';
import { call, describe, refresh, type Seen } from './client.js';
import type { Fault, Look } from './fault.js';
import { expect200, expectRecovery } from './provider-later.js';
import { createProvidedWorld, createProxyWorld } from './worlds.js';

const hour = 3_600_000;
const day = 24 * hour;

export const clockJumps: Fault = {
  name: 'clock-jumps',
  about:
    "The server's clock is set ahead and back while it runs, by an hour, a day and a month (its `Date` is, and with it the clock of SQLite; timers go on). What has expired by it is refused; as soon as it is right again, everything is as before.",
  async cause(look) {
    await jumpSigned(look);
    await jumpAsked(look);
    await jumpProxied(look);
  },
};

async function jumpSigned(look: Look): Promise<void> {
  await using world = await createProvidedWorld('jwt');
  await using server = await world.start();
  const token = await world.token(server);
  expect200(look, 'jwt, before', await call(server, token));
  await server.setClock(hour);
  expect401(look, 'jwt, an hour ahead: a token of ten minutes', await call(server, token));
  await server.setClock(0);
  expect200(look, 'jwt, set back: the same token', await call(server, token));
  await world.provider.rotateKeys();
  const renewed = await world.token(server);
  await expectRecovery(look, 'jwt, set back: a token by a new key', () => call(server, renewed));
  expect401(look, 'jwt, set back: a token by the key before', await call(server, token));
  for (const [name, offset] of [
    ['an hour', -hour],
    ['a day', -day],
  ] as const) {
    await server.setClock(offset);
    expect200(look, `jwt, ${name} behind`, await call(server, renewed));
  }
  await server.setClock(0);
  expect200(look, 'jwt, right again', await call(server, renewed));
}

async function jumpAsked(look: Look): Promise<void> {
  await using world = await createProvidedWorld('introspection');
  await using server = await world.start();
  const token = await world.token(server);
  expect200(look, 'introspection, before', await call(server, token));
  await server.setClock(hour);
  expect401(
    look,
    'introspection, an hour ahead: a token of ten minutes',
    await call(server, token),
  );
  await server.setClock(0);
  expect200(look, 'introspection, set back: the same token, at once', await call(server, token));
  await server.setClock(-day);
  expect200(look, 'introspection, a day behind', await call(server, token));
}

async function jumpProxied(look: Look): Promise<void> {
  await using world = await createProxyWorld();
  await using server = await world.start();
  const login = await logInOnce(server.port, world.upstream);
  const before = login.accessToken;
  expect200(look, 'proxy, before', await call(server, before));
  await server.setClock(hour);
  expect401(
    look,
    'proxy, an hour ahead: an access token of ten minutes',
    await call(server, before),
  );
  expect200(look, 'proxy, an hour ahead: a refresh', await refresh(server, login));
  expect200(look, 'proxy, an hour ahead: what came of it', await call(server, login.accessToken));
  await server.setClock(0);
  expect200(
    look,
    'proxy, set back: the token of the future',
    await call(server, login.accessToken),
  );
  expect200(look, 'proxy, set back: a refresh', await refresh(server, login));
  await server.setClock(-day);
  expect200(look, 'proxy, a day behind: a call', await call(server, login.accessToken));
  expect200(look, 'proxy, a day behind: a refresh', await refresh(server, login));
  await server.setClock(0);
  expect200(look, 'proxy, right again: a refresh', await refresh(server, login));
  await server.setClock(31 * day);
  const late = await refresh(server, login);
  const refused = late.status === 400 || late.status === 401;
  look('proxy, a month ahead: a refresh token of 30 days', 'be refused', describe(late), refused);
  await server.setClock(0);
  await expectRecovery(look, 'proxy, right again: a new login', async () => {
    const { accessToken } = await logInOnce(server.port, world.upstream);
    return call(server, accessToken);
  });
}

function expect401(look: Look, what: string, seen: Seen): void {
  look(what, 'be refused', describe(seen), seen.status === 401);
}
