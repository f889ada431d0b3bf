// Floods and guessing end in 429 (RFC 6585 §4), for whoever makes them and nobody else.
import type { IncomingMessage } from 'node:http';
import { describe, expect, it, vi } from 'vitest';
import { createPages } from '../src/authorization-server/pages.js';
import { createRateLimits, limits } from '../src/authorization-server/rate-limit.js';
import { openStore } from '../src/store/open-store.js';
import { sealRecords } from '../src/store/records.js';
import { McpClient, redirectUri } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

const { registration } = limits;

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();

interface Knock {
  path?: string;
  forwarded?: string;
  headers?: Record<string, string>;
}

/** Knocks once. */
function knock({ path = '/oauth/register', forwarded, headers = {} }: Knock = {}) {
  const { url, fetch } = world.server;
  const isRegistration = /register/i.test(path);
  return fetch(`${url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': isRegistration ? 'application/json' : 'application/x-www-form-urlencoded',
      ...(forwarded !== undefined && { 'x-forwarded-for': forwarded }),
      ...headers,
    },
    body: isRegistration
      ? JSON.stringify({ redirect_uris: [redirectUri] })
      : 'client_id=x&token=x&grant_type=refresh_token',
  });
}

/** Knocks so often. @returns how many of them were too many */
async function flood(times: number, how: (index: number) => Knock = () => ({})): Promise<number> {
  const answers = await Promise.all(
    Array.from({ length: times }, async (_, index) => (await knock(how(index))).status),
  );
  return answers.filter((status) => status === 429).length;
}

describe('registrations', () => {
  it('end for an hour after a hundred', async () => {
    expect(await flood(registration.most)).toBe(0);
    world.elapse(600);
    const refused = await knock();
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBe(3_000);
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    expect(await refused.json()).toMatchObject({ error: 'temporarily_unavailable' });
    world.elapse(3_000);
    expect(await flood(registration.most)).toBe(0);
    expect(await flood(1)).toBe(1);
  });

  it('end also when the address is written in another way', async () => {
    await flood(registration.most);
    const paths = ['/oauth/register/', '/oauth/REGISTER', '/oauth/register?x', '/oauth//register'];
    for (const path of [...paths, '/oauth/%72egister', '/oauth/./register', '/OAUTH/register']) {
      const { status } = await knock({ path });
      expect([path, status === 429 || status === 404]).toEqual([path, true]);
    }
  });

  it('do not end logins, nor what tells browsers that they may ask', async () => {
    const client = await McpClient.register(world.server);
    await flood(registration.most);
    expect(await client.code()).toEqual(expect.any(String));
    const { url, fetch } = world.server;
    const preflight = { method: 'OPTIONS', headers: { origin: 'https://x.example' } };
    expect((await fetch(`${url}/oauth/register`, preflight)).status).toBe(204);
  });

  it('of all addresses together end as well', async () => {
    const store = await openStore(`file:${world.server.folder}/other.db`);
    const records = sealRecords(store, [Buffer.alloc(32)]);
    const { isWithin } = createRateLimits(records, 1, createPages('x'));
    const from = (index: number) =>
      isWithin(registration, {
        headers: { 'x-forwarded-for': `192.0.2.${index}` },
        socket: {},
      } as unknown as IncomingMessage);
    const answers: boolean[] = [];
    const { most, altogether } = registration;
    for (let index = 0; index <= altogether; index++) {
      answers.push(await from(Math.floor(index / most)));
    }
    expect(answers.indexOf(false)).toBe(altogether);
    await store.close();
  });
});

it('guesses at the token endpoint end for a minute after three hundred', async () => {
  const paths = ['/oauth/token', '/oauth/revoke', '/oauth/TOKEN/'];
  expect(await flood(300, (index) => ({ path: paths[index % 3] ?? '' }))).toBe(0);
  for (const path of paths) expect((await knock({ path })).status).toBe(429);
  world.elapse(61);
  expect((await knock({ path: '/oauth/token' })).status).toBe(401);
});

it('pages end for a minute after a hundred and twenty, with a page', async () => {
  const { server, browser } = world;
  const { url, fetch } = server;
  const paths = ['authorize', 'callback?state=x', 'interaction/x', 'connections', 'authorize/x'];
  await Promise.all(
    Array.from({ length: 120 }, (_, index) => fetch(`${url}/oauth/${paths[index % 5]}`)),
  );
  for (const path of paths) {
    const page = await browser.visit(`${url}/oauth/${path}`);
    expect([page.status, page.html.includes('too many requests')]).toEqual([429, true]);
  }
  for (const path of ['/.well-known/oauth-authorization-server', '/oauth/jwks']) {
    expect((await fetch(`${url}${path}`)).status).toBe(200);
  }
});

describe('who knocks', () => {
  it('is the connection, whatever it says, where no proxy is before this server', async () => {
    expect(await flood(registration.most + 1, (index) => ({ forwarded: `192.0.2.${index}` }))).toBe(
      1,
    );
  });

  it.each([
    ['1', '192.0.2.#, 198.51.100.7'],
    ['2', '192.0.2.#, 198.51.100.7, 203.0.113.9'],
    ['2', '192.0.2.#, 198.51.100.7, 203.0.113.#'],
    ['1', '198.51.100.7:100#'],
    ['1', '2001:db8:1:2::#'],
    ['1', '2001:db8:1:2:#:0:0:1'],
    ['1', '[2001:db8:1:2::#]:100#'],
  ])('behind %s is whom the first of them saw: %s', async (trusted, forwarded) => {
    world.server = await world.server.restart({ TRUSTED_PROXIES: trusted });
    const many = (index: number) => ({ forwarded: forwarded.replaceAll('#', `${index}`) });
    expect(await flood(registration.most + 1, many)).toBe(1);
  });

  it('behind a proxy are many', async () => {
    world.server = await world.server.restart({ TRUSTED_PROXIES: '1' });
    const networks = (index: number) => ({ forwarded: `192.0.2.1, 2001:db8:${index}::1` });
    expect(await flood(registration.most + 1, networks)).toBe(0);
    expect(
      await flood(registration.most + 1, (index) => ({ forwarded: `198.51.100.${index}` })),
    ).toBe(0);
  });
});
