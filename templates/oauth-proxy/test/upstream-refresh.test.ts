// New tokens for old ones, with all that providers leave out or refuse.
import { inspect } from 'node:util';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ClientRefused, LoginEnded, ProviderUnavailable } from '../src/upstream/errors.js';
import { client, createFakeProvider, type FakeProvider } from './support/fake-provider.js';
import { describeProvider, likeEntra } from './support/provider-data.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const user = { subject: 'ada', emailVerified: false, claims: {} };
const tokens = {
  accessToken: 'old',
  refreshToken: 'the-refresh-token',
  expiresAt: 1_000,
  scopes: ['openid', 'offline_access', 'reports'],
};
const answer = { access_token: 'new', token_type: 'bearer' };

let fake: FakeProvider;
beforeEach(async () => {
  describeProvider();
  fake = await createFakeProvider();
});

async function refresh(answered: object, now = () => 5_000_999) {
  fake.answer = () => answered;
  return (await fake.upstream({}, now)).refresh(tokens, user);
}

it('keeps what the answer leaves out, and invents no end', async () => {
  expect(await refresh(answer)).toEqual({
    accessToken: 'new',
    refreshToken: 'the-refresh-token',
    scopes: tokens.scopes,
  });
  const form = { grant_type: 'refresh_token', refresh_token: 'the-refresh-token' };
  expect(fake.asked[0]?.form).toEqual(form);
});

it('takes what the answer says', async () => {
  const more = { refresh_token: 'next', expires_in: '3600', scope: 'openid reports' };
  expect(await refresh({ ...answer, ...more })).toEqual({
    accessToken: 'new',
    refreshToken: 'next',
    expiresAt: 8_600,
    // What is about the person is never said.
    scopes: ['openid', 'reports', 'offline_access'],
  });
});

it('takes null for nothing', async () => {
  const nothing = { refresh_token: null, expires_in: null, scope: null, id_token: null };
  expect(await refresh({ ...answer, ...nothing })).toEqual({
    accessToken: 'new',
    refreshToken: 'the-refresh-token',
    scopes: tokens.scopes,
  });
});

it('names the scopes again, and in full, where the provider wants that', async () => {
  describeProvider(likeEntra);
  await refresh(answer);
  expect(fake.asked[0]?.form.scope).toBe(`openid offline_access api://${client.id}/reports`);
});

it('is for the same person (OpenID Connect Core §12.2)', async () => {
  const same = { ...answer, id_token: await fake.idToken() };
  await expect(refresh(same)).resolves.toMatchObject({ accessToken: 'new' });
  const other = { ...answer, id_token: await fake.idToken({ sub: 'eve' }) };
  await expect(refresh(other)).rejects.toThrow(LoginEnded);
});

it('is nothing for those who have no refresh token', async () => {
  const { refreshToken: _, ...without } = tokens;
  const upstream = await fake.upstream();
  await expect(upstream.refresh(without, user)).rejects.toThrow(LoginEnded);
  expect(fake.asked).toEqual([]);
});

describe('a refusal', () => {
  it.each(['invalid_grant', 'interaction_required'])('ends the login: %s', async (error) => {
    await expect(refresh(Response.json({ error }, { status: 400 }))).rejects.toThrow(LoginEnded);
  });

  it.each<[string, Response]>([
    ['a scope', Response.json({ error: 'invalid_scope' }, { status: 400 })],
    ['nothing, it fails', new Response(null, { status: 500 })],
    ['nobody knows what', new Response('<h1>no</h1>', { status: 400 })],
    ['nothing, but makes no sense', Response.json({ hello: 'there' })],
  ])('of something else does not: %s', async (_name, refusal) => {
    const failure = await refresh(refusal).catch((error) => error);
    expect(failure).toBeInstanceOf(ProviderUnavailable);
    expect(failure).not.toBeInstanceOf(ClientRefused);
  });

  it.each<[string, Response]>([
    ['by name', Response.json({ error: 'invalid_client' }, { status: 400 })],
    ['by status', Response.json({ error: 'access_denied' }, { status: 401 })],
    [
      'with a challenge',
      new Response(null, { status: 401, headers: { 'www-authenticate': 'Basic' } }),
    ],
  ])('of the credentials is an outage that is known as such: %s', async (_name, refusal) => {
    const failure = await refresh(refusal).catch((error) => error);
    expect(failure).toBeInstanceOf(ClientRefused);
    expect(failure).toBeInstanceOf(ProviderUnavailable);
    expect(failure.message).toBe('The provider refuses the credentials of this server');
  });

  it('shows no token, even if the provider repeats it', async () => {
    const text = { error: 'invalid_grant', error_description: `no: the-refresh-token` };
    const failure = await refresh(Response.json(text, { status: 400 })).catch((error) => error);
    expect(failure.details).toEqual({ error: 'invalid_grant', description: 'no: [secret]' });
    expect(inspect(failure, { depth: 20, showHidden: true })).not.toContain('the-refresh-token');
  });
});
