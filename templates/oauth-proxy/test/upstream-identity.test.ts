// Who logged in, where no ID token says it: a JWT of the provider, or its API.
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { SetupError } from '../src/auth/problems.js';
import { LoginEnded, ProviderUnavailable } from '../src/upstream/errors.js';
import {
  callbackFor,
  client,
  createFakeProvider,
  type FakeProvider,
  logIn,
} from './support/fake-provider.js';
import { describeProvider, likeGitHub } from './support/provider-data.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

let fake: FakeProvider;

describe('the access token', () => {
  beforeEach(async () => {
    describeProvider({ verify: 'access_token', identityClaims: ['dept'] });
    fake = await createFakeProvider();
  });

  it('says who logged in, whatever API it is for', async () => {
    const access_token = await fake.idToken({ aud: 'an-api', dept: 'engines', secret: 'x' });
    const { user, tokens } = await logIn(fake, await fake.upstream(), { access_token });
    expect(user).toEqual({ subject: 'ada', emailVerified: false, claims: { dept: 'engines' } });
    expect(tokens.accessToken).toBe(access_token);
  });

  it('is what counts, and not an ID token beside it', async () => {
    const access_token = await fake.idToken({ sub: 'ada' });
    const upstream = await fake.upstream();
    const { url } = await upstream.begin(upstream.scopes);
    expect(url.searchParams.has('nonce')).toBe(false);
    const { user } = await logIn(fake, upstream, { access_token, id_token: 'nobody reads this' });
    expect(user.subject).toBe('ada');
  });

  it.each([
    ['of another issuer', { iss: 'https://attacker.example' }],
    ['that has expired', { exp: Math.floor(Date.now() / 1000) - 31 }],
    ['without an expiry', { exp: undefined }],
    ['without a subject', { sub: undefined }],
  ])('is refused: %s', async (_name, claims) => {
    const access_token = await fake.idToken(claims);
    const login = logIn(fake, await fake.upstream(), { access_token });
    await expect(login).rejects.toMatchObject({ problem: 'answer_refused' });
  });

  it.each<[string, () => Promise<string>]>([
    ['opaque', async () => 'ya29.opaque'],
    ['not signed', async () => new UnsecuredJWT({ sub: 'ada', exp: 9e9 }).encode()],
    ['signed with what this server knows as well', () => signWithSecret({ sub: 'ada', exp: 9e9 })],
    [
      'changed',
      async () => {
        const [header, , signature] = (await fake.idToken()).split('.');
        return [header, (await fake.idToken({ sub: 'eve' })).split('.')[1], signature].join('.');
      },
    ],
  ])('is refused: %s', async (_name, make) => {
    const login = logIn(fake, await fake.upstream(), { access_token: await make() });
    await expect(login).rejects.toMatchObject({ problem: 'answer_refused' });
  });

  it('is refused for its algorithm, before any key is looked for (RFC 8725 §3.1)', async () => {
    const access_token = await signWithSecret({ sub: 'ada', exp: 9e9 });
    const login = logIn(fake, await fake.upstream(), { access_token });
    const details = { reason: 'ERR_JOSE_ALG_NOT_ALLOWED' };
    await expect(login).rejects.toMatchObject({ details });
  });

  it('cannot be checked while the keys cannot be had', async () => {
    fake.documents = { 'https://login.example.com/keys': new Response(null, { status: 500 }) };
    const login = logIn(fake, await fake.upstream(), { access_token: await fake.idToken() });
    await expect(login).rejects.toThrow(ProviderUnavailable);
  });

  it('needs keys in the metadata', async () => {
    fake = await createFakeProvider({ jwks_uri: undefined });
    await expect(fake.upstream()).rejects.toThrow(SetupError);
  });
});

describe('the userinfo endpoint', () => {
  const address = 'https://login.example.com/me';

  beforeEach(async () => {
    describeProvider({ verify: 'userinfo' });
    fake = await createFakeProvider({ userinfo_endpoint: address });
    fake.documents[address] = { sub: 'ada', email: 'ada@example.com', email_verified: 'true' };
  });

  it('says who logged in', async () => {
    const { user } = await logIn(fake, await fake.upstream());
    expect(user).toMatchObject({ subject: 'ada', email: 'ada@example.com', emailVerified: true });
    const { headers } = fake.asked.find(({ url }) => url === address) ?? {};
    expect(headers?.get('authorization')).toBe('Bearer the-access-token');
    expect(headers?.get('accept')).toBe('application/json');
  });

  it('may be another than the metadata says', async () => {
    fake.documents = { 'https://api.example.com/me': { sub: 'eve' } };
    const upstream = await fake.upstream({ userinfoUrl: 'https://api.example.com/me' });
    expect((await logIn(fake, upstream)).user.subject).toBe('eve');
  });

  it('has to be known', async () => {
    fake = await createFakeProvider();
    await expect(fake.upstream()).rejects.toThrow('OAUTH_USERINFO_URL');
  });

  it.each<[string, Response | object]>([
    ['a challenge', challenge(401)],
    ['the status of one', new Response(null, { status: 401 })],
    ['no subject', { name: 'Ada' }],
    ['a subject that is no text', { sub: {} }],
    ['a number that is not whole', { sub: 0.5 }],
    ['a number that has lost digits', { sub: 2 ** 53 }],
  ])('refuses the login with %s', async (_name, answer) => {
    fake.documents[address] = answer;
    const login = logIn(fake, await fake.upstream());
    await expect(login).rejects.toMatchObject({ problem: 'answer_refused' });
  });

  it.each<[string, Response | object]>([
    ['fails', new Response(null, { status: 500 })],
    ['is not there', new Response('<h1>no</h1>', { status: 404 })],
    [
      'leads elsewhere',
      new Response(null, { status: 302, headers: { location: 'https://x.example' } }),
    ],
    ['does not answer JSON', new Response('<h1>hello</h1>')],
    ['answers a list', []],
  ])('is in trouble when it %s', async (_name, answer) => {
    fake.documents[address] = answer;
    await expect(logIn(fake, await fake.upstream())).rejects.toThrow(ProviderUnavailable);
    await expect((await fake.upstream()).check(tokens)).rejects.toThrow(ProviderUnavailable);
  });

  it('tells whether a login is still good', async () => {
    const upstream = await fake.upstream();
    expect(upstream.canCheck).toBe(true);
    await expect(upstream.check(tokens)).resolves.toBeUndefined();
    for (const refusal of [challenge(401), new Response(null, { status: 401 })]) {
      fake.documents[address] = refusal;
      await expect(upstream.check(tokens)).rejects.toThrow(LoginEnded);
    }
  });

  it('is not asked about tokens that may be for another API', async () => {
    describeProvider();
    const upstream = await fake.upstream();
    expect(upstream.canCheck).toBe(false);
    await upstream.check(tokens);
    expect(fake.asked).toEqual([]);
    const settled = await fake.upstream({ userinfoUrl: address });
    expect(settled.canCheck).toBe(true);
    fake.documents[address] = challenge(401);
    await expect(settled.check(tokens)).rejects.toThrow(LoginEnded);
  });

  it('does not end a login when it only refuses a scope', async () => {
    fake.documents[address] = challenge(403);
    await expect((await fake.upstream()).check(tokens)).rejects.toThrow(ProviderUnavailable);
  });
});

describe('GitHub', () => {
  const user = { id: 583231, login: 'octocat', name: null, email: 'shown@example.com' };
  const addresses = [
    { email: 'old@example.com', primary: false, verified: true },
    { email: 'ada@example.com', primary: true, verified: true },
  ];

  beforeEach(async () => {
    describeProvider(likeGitHub);
    fake = await createFakeProvider({ issuer: 'https://github.example.com/login/oauth' });
    fake.documents = {
      'https://api.example.com/user': user,
      'https://api.example.com/user/emails': addresses,
    };
  });

  const form = (members: Record<string, string>, status = 200) =>
    new Response(String(new URLSearchParams(members)), {
      status,
      headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
    });

  it('needs no metadata, and answers with a form that has no end', async () => {
    const upstream = await fake.upstream({ upstreamScopes: ['read:user', 'user:email'] });
    const { url, pending } = await upstream.begin(upstream.scopes);
    expect(url.origin + url.pathname).toBe('https://github.example.com/login/oauth/authorize');
    expect(url.searchParams.get('scope')).toBe('read:user user:email');
    fake.answer = () =>
      form({ access_token: 'gho_x', scope: 'read:user,user:email', token_type: 'bearer' });
    const callback = callbackFor(pending);
    const login = await upstream.finish(callback, pending);
    expect(login).toEqual({
      user: {
        subject: '583231',
        name: 'octocat',
        email: 'ada@example.com',
        emailVerified: true,
        domain: 'example.com',
        claims: { login: 'octocat', name: null, email: 'ada@example.com' },
      },
      tokens: { accessToken: 'gho_x', scopes: ['read:user', 'user:email'] },
    });
    const [exchange, api] = fake.asked;
    expect(exchange?.url).toBe('https://github.example.com/login/oauth/access_token');
    expect(exchange?.form).toMatchObject({ client_id: client.id, client_secret: client.secret });
    // It refuses requests that do not say who asks.
    expect(api?.headers.get('user-agent')).toMatch(/./);
  });

  it.each<[string, Response | object]>([
    ['there is no scope for it', new Response('{}', { status: 404 })],
    ['none is verified', [{ email: 'x@example.com', primary: true, verified: false }]],
    ['none is the main one', [{ email: 'x@example.com', primary: false, verified: true }]],
    ['it is something else', { message: 'hello' }],
  ])('has no address to trust when %s', async (_name, answer) => {
    fake.documents['https://api.example.com/user/emails'] = answer;
    const login = await logIn(fake, await fake.upstream());
    expect(login.user).toEqual({
      subject: '583231',
      name: 'octocat',
      emailVerified: false,
      claims: { login: 'octocat', name: null },
    });
  });

  it('says no with the status of a yes', async () => {
    const upstream = await fake.upstream();
    const { pending } = await upstream.begin(upstream.scopes);
    fake.answer = () => form({ error: 'bad_verification_code', error_description: 'expired.' });
    const callback = callbackFor(pending);
    await expect(upstream.finish(callback, pending)).rejects.toMatchObject({
      problem: 'code_refused',
      details: { error: 'bad_verification_code', description: 'expired.' },
    });
  });

  it('ends a login in its own words', async () => {
    const upstream = await fake.upstream();
    const { user: person, tokens: old } = await logIn(fake, upstream, { refresh_token: 'ghr_1' });
    fake.answer = () => form({ error: 'bad_refresh_token' });
    await expect(upstream.refresh(old, person)).rejects.toThrow(LoginEnded);
  });
});

const tokens = { accessToken: 't', scopes: [] };

function challenge(status: number): Response {
  return new Response(null, {
    status,
    headers: { 'www-authenticate': 'Bearer error="invalid_token"' },
  });
}

function signWithSecret(claims: JWTPayload): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', kid: 'k' })
    .sign(Buffer.from(client.secret));
}
