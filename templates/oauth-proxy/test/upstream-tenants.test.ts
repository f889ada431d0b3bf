// Several Entra tenants: the issuer of the metadata is a template, which each token fills in.
import { beforeEach, expect, it, vi } from 'vitest';
import { checkIssuer } from '../src/auth/issuer.js';
import { Refusal } from '../src/auth/problems.js';
import {
  callbackFor,
  createFakeProvider,
  type FakeProvider,
  logIn,
} from './support/fake-provider.js';
import { describeProvider, likeEntra } from './support/provider-data.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));
// The rule of this project may be for one issuer only; here it is one that sees what it is given.
vi.mock('../src/auth/issuer.js', () => ({ checkIssuer: vi.fn(), isSameIssuer: () => true }));

const issuer = 'https://login.microsoftonline.com/{tenantid}/v2.0';
const tid = '8eaef023-2b34-4da1-9baa-8bc8c9d6a490';
const iss = `https://login.microsoftonline.com/${tid}/v2.0`;

let fake: FakeProvider;
beforeEach(async () => {
  vi.mocked(checkIssuer).mockReset();
  describeProvider(likeEntra);
  fake = await createFakeProvider({ issuer });
});

it('takes the issuer that belongs to the tenant of the token', async () => {
  const { user } = await logIn(fake, await fake.upstream(), { claims: { iss, tid } });
  expect(user.subject).toBe('ada');
});

it.each([
  ['of another tenant', { iss, tid: 'another' }],
  ['of no tenant', { iss }],
  ['of somebody else', { iss: `https://attacker.example/${tid}/v2.0`, tid }],
  ['that is the template', { iss: issuer, tid }],
])('refuses the issuer %s', async (_name, claims) => {
  const login = logIn(fake, await fake.upstream(), { claims });
  await expect(login).rejects.toMatchObject({ problem: 'answer_refused' });
});

it('checks the signature as ever', async () => {
  const upstream = await fake.upstream();
  const { pending } = await upstream.begin(upstream.scopes);
  const { nonce } = pending;
  const [header, , signature] = (await fake.idToken({ iss, tid, nonce })).split('.');
  const [, payload] = (await fake.idToken({ iss, tid, nonce, sub: 'eve' })).split('.');
  const id_token = `${header}.${payload}.${signature}`;
  fake.answer = () => ({ access_token: 'a', token_type: 'bearer', id_token });
  const login = upstream.finish(callbackFor(pending), pending);
  await expect(login).rejects.toMatchObject({ problem: 'answer_refused' });
});

it('asks the provider for tokens and keys, and for nothing else', async () => {
  await logIn(fake, await fake.upstream(), { claims: { iss, tid } });
  const { token_endpoint, jwks_uri } = fake.server;
  expect(fake.asked.map(({ url }) => url)).toEqual([token_endpoint, jwks_uri]);
});

it('leaves it to the rule of this project which tenants may come in', async () => {
  const upstream = await fake.upstream();
  vi.mocked(checkIssuer).mockImplementation(() => {
    throw new Refusal('check_failed', { found: tid });
  });
  const login = logIn(fake, upstream, { claims: { iss, tid } });
  await expect(login).rejects.toMatchObject({
    problem: 'answer_refused',
    details: { found: tid },
  });
  expect(checkIssuer).toHaveBeenCalledWith(expect.objectContaining({ iss, tid }), issuer);
});
