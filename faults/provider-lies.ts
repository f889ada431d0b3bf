/** The provider says what is not true, while a server runs: nobody gets in by it. */
import { createHmac } from 'node:crypto';
import { logInOnce } from '../bench/login-client.js';
import type { TestUpstream } from '../templates/oauth-proxy/test/support/upstream.js';
import { call, describe, type Seen } from './client.js';
import type { Fault, Look } from './fault.js';
import { expect200 } from './provider-later.js';
import type { Lie } from './trouble.js';
import { createProvidedWorld, createProxyWorld } from './worlds.js';

export const providerLyingLater: Fault = {
  name: 'provider-lying-later',
  about:
    'Later the provider answers with pages, with too much, and with things that are not true: about its keys, about tokens, and about who has logged in.',
  async cause(look) {
    await lieAboutKeys(look);
    await lieAboutTokens(look);
    await lieAboutPeople(look);
  },
};

const page: Lie = { headers: { 'content-type': 'text/html' }, body: '<html>Maintenance' };
const endless: Lie = { body: `{"a":"${'a'.repeat(3e6)}"}` };

async function lieAboutKeys(look: Look): Promise<void> {
  await using world = await createProvidedWorld('jwt');
  await using server = await world.start();
  const known = await world.token(server);
  await world.provider.rotateKeys();
  const unknown = await world.token(server);
  const k = Buffer.from('a secret that everybody knows by now').toString('base64url');
  const shared = JSON.stringify({ keys: [{ kty: 'oct', k, alg: 'HS256', kid: 'shared' }] });
  const lies: [string, Lie][] = [
    ['a page', page],
    ['too much', endless],
    ['no keys', { body: '{"keys":[]}' }],
    ['no JWK Set', { body: '[]' }],
    ['another address', { status: 302, headers: { location: 'http://evil.example/' } }],
    ['a shared secret', { body: shared }],
  ];
  for (const [at, [name, lie]] of lies.entries()) {
    // Later than the last look for new keys.
    await server.setClock((at + 1) * 11_000);
    world.trouble.lie = (path) => (path === '/jwks' ? lie : undefined);
    expectNo(look, `jwt: ${name} for keys, a token by a new key`, await call(server, unknown));
    expect200(look, `jwt: ${name} for keys, a token by a known key`, await call(server, known));
  }
  const forged = signShared(known, k);
  expectNo(look, 'jwt: a token signed with that secret', await call(server, forged));
}

function signShared(token: string, k: string): string {
  const header = Buffer.from('{"alg":"HS256","kid":"shared","typ":"at+jwt"}').toString('base64url');
  const signed = `${header}.${token.split('.')[1]}`;
  const mac = createHmac('sha256', Buffer.from(k, 'base64url')).update(signed);
  return `${signed}.${mac.digest('base64url')}`;
}

async function lieAboutTokens(look: Look): Promise<void> {
  await using world = await createProvidedWorld('introspection');
  await using server = await world.start();
  const claims = { active: true, iss: world.issuer, aud: server.url, scope: 'mcp:use', sub: 'ada' };
  const lies: [string, Lie][] = [
    ['a page', page],
    ['too much', endless],
    ['nothing', { body: '' }],
    ['a list', { body: '[]' }],
    ['"active" as a word', { body: JSON.stringify({ ...claims, active: 'true' }) }],
    ['another issuer', { body: JSON.stringify({ ...claims, iss: 'https://evil.example' }) }],
    ['another audience', { body: JSON.stringify({ ...claims, aud: 'https://other.example' }) }],
    ['a time that is over', { body: JSON.stringify({ ...claims, exp: 1 }) }],
    ['a refresh token', { body: JSON.stringify({ ...claims, token_use: 'refresh' }) }],
    ['no scopes', { body: JSON.stringify({ ...claims, scope: { 'mcp:use': true } }) }],
  ];
  for (const [at, [name, lie]] of lies.entries()) {
    world.trouble.lie = (path) => (path.endsWith('/introspection') ? lie : undefined);
    expectNo(look, `introspection: ${name}`, await call(server, `any-token-${at}`));
  }
  world.trouble.lie = () => undefined;
  expect200(look, 'introspection: the truth', await call(server, await world.token(server)));
}

type Tamper = TestUpstream['tamper'];

async function lieAboutPeople(look: Look): Promise<void> {
  await using world = await createProxyWorld();
  await using server = await world.start();
  const { upstream, trouble } = world;
  const claims =
    (change: object): Tamper =>
    (response) => {
      const [header, body = ''] = String(response.id_token).split('.');
      const changed = { ...JSON.parse(Buffer.from(body, 'base64url').toString()), ...change };
      return { ...response, id_token: `${header}.${encode(changed)}.AAAA` };
    };
  const unsigned: Tamper = (response) => ({
    ...response,
    id_token: `${encode({ alg: 'none' })}.${String(response.id_token).split('.')[1]}.`,
  });
  const lies: [string, () => void][] = [
    [
      'an ID token of somebody else',
      () => Object.assign(upstream, { tamper: claims({ sub: 'eve' }) }),
    ],
    ['an ID token that nobody signed', () => Object.assign(upstream, { tamper: unsigned })],
    [
      'no ID token',
      () =>
        Object.assign(upstream, {
          tamper: ({ id_token: _, ...rest }: Record<string, unknown>) => rest,
        }),
    ],
    [
      'a number for an ID token',
      () =>
        Object.assign(upstream, { tamper: (response: object) => ({ ...response, id_token: 7 }) }),
    ],
    [
      'no access token',
      () =>
        Object.assign(upstream, {
          tamper: (response: object) => ({ ...response, access_token: null }),
        }),
    ],
    ['a page for tokens', () => lieAt('/token', page)],
    ['too much for tokens', () => lieAt('/token', endless)],
  ];
  const lieAt = (at: string, lie: Lie) => {
    trouble.lie = (path) => (path === at ? lie : undefined);
  };
  const honest = { tamper: upstream.tamper, lie: trouble.lie };
  for (const [name, lie] of lies) {
    lie();
    const outcome = await logInOnce(server.port, upstream).then(
      () => 'a login',
      () => 'no login',
    );
    look(`proxy: ${name}`, 'let nobody in', outcome, outcome === 'no login');
    upstream.tamper = honest.tamper;
    trouble.lie = honest.lie;
  }
  const { accessToken } = await logInOnce(server.port, upstream);
  expect200(look, 'proxy: the truth', await call(server, accessToken));
  const output = server.output();
  const told = upstream.issued.filter((token) => output.includes(token)).length;
  const mistakes = output
    .split('\n')
    .filter((line) => line.includes('authorization server failed'));
  look(
    'proxy: its log',
    'have no tokens, and no mistakes of its own',
    `${told} tokens, ${mistakes.length} mistakes${mistakes[0] ? `: ${mistakes[0].slice(0, 300)}` : ''}`,
    told === 0 && mistakes.length === 0,
  );
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

function expectNo(look: Look, what: string, seen: Seen): void {
  look(what, 'be refused, or told to wait', describe(seen), [401, 403, 503].includes(seen.status));
}
