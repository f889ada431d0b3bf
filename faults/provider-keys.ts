/** Keys are replaced: the provider's, and those of the server itself. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto';
import { logInOnce } from '../bench/login-client.js';
import type { TestUpstream } from '../templates/oauth-proxy/test/support/upstream.js';
import { call, describe, describeStatuses, refresh } from './client.js';
import type { Fault, Look } from './fault.js';
import { expect200, expectRecovery } from './provider-later.js';
import type { Trouble } from './trouble.js';
import { authSecret, createProvidedWorld, createProxyWorld } from './worlds.js';

export const rotatingKeys: Fault = {
  name: 'rotating-keys',
  about:
    'The provider replaces its signing key again and again, and takes the old one away at once; then twice in a moment. A server in proxy mode meets a new key at its provider, and gets a new secret of its own.',
  async cause(look) {
    await rotateAtProvider(look);
    await rotateUpstream(look);
    await rotateOwn(look);
  },
};

async function rotateAtProvider(look: Look): Promise<void> {
  await using world = await createProvidedWorld('jwt');
  await using server = await world.start();
  const statuses = new Map<number, number>();
  const old = new Map<number, number>();
  let last = await world.token(server);
  await call(server, last);
  for (let turn = 1; turn <= 5; turn++) {
    // Later than the last look for new keys, which made-up key ids must not make too frequent.
    await server.setClock(turn * 11_000);
    await world.provider.rotateKeys();
    const tokens = await Promise.all(Array.from({ length: 10 }, () => world.token(server)));
    const seen = await Promise.all(tokens.map((token) => call(server, token)));
    for (const { status } of seen) statuses.set(status, (statuses.get(status) ?? 0) + 1);
    const { status } = await call(server, last);
    old.set(status, (old.get(status) ?? 0) + 1);
    last = tokens[0] ?? last;
  }
  const all200 = [...statuses.keys()].every((status) => status === 200);
  look(
    'jwt: 10 clients at once, after each of 5 new keys',
    'be served at once',
    describeStatuses(statuses),
    all200,
  );
  const all401 = [...old.keys()].every((status) => status === 401);
  look('jwt: a token by the key before', 'be refused', describeStatuses(old), all401);
  const { '/jwks': asked = 0 } = world.provider.asked;
  look('jwt: how often the keys were fetched', 'be once per key', `${asked} times`, asked === 6);
  await world.provider.rotateKeys();
  const sudden = await world.token(server);
  await expectRecovery(look, 'jwt: another key a moment later', () => call(server, sudden));
}

async function rotateUpstream(look: Look): Promise<void> {
  await using world = await createProxyWorld();
  await using server = await world.start();
  const login = await logInOnce(server.port, world.upstream);
  // Later than the provider's keys are believed to be all that there are.
  await server.setClock(10 * 60_000);
  replaceKey(world.upstream, world.trouble);
  await expectRecovery(look, 'proxy: a login with a new key of its provider', async () => {
    await logInOnce(server.port, world.upstream).catch(() => undefined);
    const { accessToken } = await logInOnce(server.port, world.upstream);
    return call(server, accessToken);
  });
  expect200(look, 'proxy: the login before', await refresh(server, login));
}

/** ID tokens are signed by a new key from now on, and nothing else is published. */
function replaceKey(upstream: TestUpstream, trouble: Trouble): void {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  const kid = createHash('sha256').update(JSON.stringify(jwk)).digest('hex');
  const key = { ...jwk, kid, alg: 'ES256', use: 'sig' };
  trouble.lie = (path) =>
    path === '/jwks' ? { body: JSON.stringify({ keys: [key] }) } : undefined;
  upstream.tamper = (response) => {
    const [, claims = ''] = String(response.id_token).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'ES256', kid })).toString('base64url');
    const signature = sign('sha256', Buffer.from(`${header}.${claims}`), {
      key: privateKey,
      dsaEncoding: 'ieee-p1363',
    });
    return { ...response, id_token: `${header}.${claims}.${signature.toString('base64url')}` };
  };
}

async function rotateOwn(look: Look): Promise<void> {
  await using world = await createProxyWorld();
  const server = await world.start();
  const login = await logInOnce(server.port, world.upstream);
  await server.stop();
  const PORT = String(server.port);
  const AUTH_SECRET = `a-new-secret-of-this-server-after-the-old,${authSecret}`;
  await using renewed = await world.start({ PORT, AUTH_SECRET });
  expect200(
    look,
    'proxy with a new secret before the old one: a call',
    await call(renewed, login.accessToken),
  );
  expect200(
    look,
    'proxy with a new secret before the old one: a refresh',
    await refresh(renewed, login),
  );
  await renewed.stop();
  await using other = await world.start({
    PORT,
    AUTH_SECRET: 'quite-another-secret-that-opens-nothing-of-it',
  });
  const seen = await call(other, login.accessToken);
  look('proxy with another secret: a call', 'be refused', describe(seen), seen.status === 401);
  await expectRecovery(look, 'proxy with another secret: a new login', async () => {
    const { accessToken } = await logInOnce(other.port, world.upstream);
    return call(other, accessToken);
  });
}
