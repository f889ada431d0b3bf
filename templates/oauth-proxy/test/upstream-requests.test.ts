// How this server asks the provider.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ProviderUnavailable } from '../src/upstream/errors.js';
import { createProviderFetch } from '../src/upstream/provider-fetch.js';
import { knownServer } from '../src/upstream/server-metadata.js';
import { client, createFakeProvider, logIn } from './support/fake-provider.js';
import { describeProvider, likeGitHub, likeGoogle } from './support/provider-data.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

beforeEach(() => describeProvider());

describe('authentication', () => {
  const both = ['client_secret_post', 'client_secret_basic', 'private_key_jwt'];
  it.each([
    ['Basic where the metadata says nothing', undefined, {}, 'basic'],
    ['Basic where there is a choice', both, {}, 'basic'],
    ['the body where only that is announced', ['client_secret_post'], {}, 'post'],
    ['what provider.ts knows better', both, { clientAuthentication: 'client_secret_post' }, 'post'],
    [
      'what provider.ts knows better, the other way',
      ['client_secret_post'],
      { clientAuthentication: 'client_secret_basic' },
      'basic',
    ],
  ] as const)('takes %s', async (_name, methods, particular, way) => {
    describeProvider(particular);
    const supported = methods && { token_endpoint_auth_methods_supported: [...methods] };
    const fake = await createFakeProvider(supported);
    await logIn(fake, await fake.upstream(), { claims: {} });
    const [asked] = fake.asked;
    expect(asked?.headers.has('authorization')).toBe(way === 'basic');
    expect(asked?.form.client_secret).toBe(way === 'post' ? client.secret : undefined);
  });
});

describe('the authorization request', () => {
  it('has what the provider needs besides', async () => {
    describeProvider(likeGoogle);
    const fake = await createFakeProvider();
    const { url } = await (await fake.upstream()).begin(['openid']);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      access_type: 'offline',
      prompt: 'consent',
      scope: 'openid',
    });
  });

  it('cannot be weakened by that', async () => {
    const state = 'always the same';
    describeProvider({ authorizationParameters: { state, code_challenge_method: 'plain' } });
    const fake = await createFakeProvider();
    const { url, pending } = await (await fake.upstream()).begin(['openid']);
    expect(url.searchParams.getAll('state')).toEqual([pending.state]);
    expect(url.searchParams.getAll('code_challenge_method')).toEqual(['S256']);
  });

  it('names no scope where none is wanted', async () => {
    describeProvider(likeGitHub);
    const fake = await createFakeProvider({ issuer: 'https://github.example.com/login/oauth' });
    const { url } = await (await fake.upstream()).begin([]);
    expect(url.searchParams.has('scope')).toBe(false);
  });
});

describe('an address', () => {
  it.each(['http://login.example.com/token', 'http://localhost.evil.example/token'])(
    'that is not protected gets nothing: %s',
    async (address) => {
      const fetch = vi.fn();
      const ask = createProviderFetch(fetch, 'https://login.example.com/token');
      await expect(ask(address, { method: 'POST' })).rejects.toThrow(ProviderUnavailable);
      expect(fetch).not.toHaveBeenCalled();
    },
  );

  it('on this machine need not be protected', async () => {
    const ask = createProviderFetch(async () => Response.json({}), 'http://localhost:1/token');
    expect((await ask('http://127.0.0.1:9/keys', {})).status).toBe(200);
  });

  it('does not make this server read for ever', async () => {
    const long = JSON.stringify({ pad: 'x'.repeat(2 * 1024 ** 2) });
    const ask = createProviderFetch(async () => new Response(long), 'http://localhost:1/token');
    for (const address of ['http://localhost:1/token', 'http://localhost:1/keys']) {
      await expect(ask(address, {})).rejects.toThrow(ProviderUnavailable);
    }
  });

  it('is put together where there is no metadata', () => {
    expect(knownServer('https://github.com/login/oauth')).toBeUndefined();
    describeProvider(likeGitHub);
    for (const issuer of ['https://github.com/login/oauth', 'https://github.com/login/oauth/']) {
      expect(knownServer(issuer)).toEqual({
        issuer,
        authorization_endpoint: 'https://github.com/login/oauth/authorize',
        token_endpoint: 'https://github.com/login/oauth/access_token',
      });
    }
  });
});
