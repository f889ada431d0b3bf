// The whole way to the provider and back, with a certified provider on the other side.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createUpstream } from '../src/upstream/client.js';
import { LoginEnded, LoginFailed } from '../src/upstream/errors.js';
import type { Upstream } from '../src/upstream/upstream.js';
import { describeProvider } from './support/provider-data.js';
import { type RealProvider, startRealProvider } from './support/real-provider.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const client = { id: 'this server', secret: 'a secret, with: odd + characters & length' };
const redirectUri = new URL('http://localhost:3000/oauth/callback');
const config = { client, upstreamScopes: ['openid', 'profile', 'email'], allowedUsers: ['*'] };

let provider: RealProvider;
let upstream: Upstream;

beforeEach(async () => {
  describeProvider();
  provider = await startRealProvider(client, redirectUri);
  upstream = await connect();
});
afterEach(() => provider[Symbol.asyncDispose]());

function connect({ secret = client.secret, server = provider.server } = {}): Promise<Upstream> {
  return createUpstream({
    config: { ...config, client: { ...client, secret } },
    server,
    redirectUri,
    fetch: provider.fetch,
  });
}

/** To the provider and back, but not yet in. */
async function goAndReturn(scopes = upstream.scopes) {
  const { url, pending } = await upstream.begin(scopes);
  return { url, pending, callback: await provider.visit(url) };
}

/** The form of the last request to the token endpoint. */
function lastForm(): Record<string, string> {
  const forms = provider.asked.filter(({ url }) => url === provider.server.token_endpoint);
  return Object.fromEntries(forms.at(-1)?.form ?? []);
}

describe('a login', () => {
  it('says who it is, and brings tokens with their scopes and their end', async () => {
    const before = Math.floor(Date.now() / 1000);
    const { pending, callback } = await goAndReturn();
    const { user, tokens } = await upstream.finish(callback, pending);
    expect(user).toEqual({
      subject: 'ada',
      name: 'Ada',
      email: 'ada@example.com',
      emailVerified: true,
      domain: 'example.com',
      claims: { name: 'Ada', email: 'ada@example.com' },
    });
    expect(tokens).toEqual({
      accessToken: expect.any(String),
      refreshToken: expect.any(String),
      expiresAt: expect.any(Number),
      scopes: ['openid', 'profile', 'email'],
    });
    expect(tokens.expiresAt).toBeGreaterThanOrEqual(before + 3600);
    expect(tokens.expiresAt).toBeLessThanOrEqual(before + 3660);
  });

  it('is asked for with PKCE, state and nonce of its own, and never with a resource', async () => {
    const first = await goAndReturn();
    const second = await upstream.begin(upstream.scopes);
    const parameters = Object.fromEntries(first.url.searchParams);
    expect(parameters).toEqual({
      client_id: client.id,
      response_type: 'code',
      redirect_uri: redirectUri.href,
      scope: 'openid profile email',
      state: first.pending.state,
      nonce: first.pending.nonce,
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    for (const name of ['state', 'nonce', 'code_challenge']) {
      expect(second.url.searchParams.get(name)).not.toBe(parameters[name]);
    }
    await upstream.finish(first.callback, first.pending);
    expect(lastForm()).toEqual({
      grant_type: 'authorization_code',
      code: first.callback.searchParams.get('code'),
      code_verifier: first.pending.verifier,
      redirect_uri: redirectUri.href,
    });
  });

  it('asks for an ID token, whatever the settings forget', async () => {
    const { pending, callback } = await goAndReturn(['email']);
    expect((await upstream.finish(callback, pending)).user.subject).toBe('ada');
  });

  it('authenticates with Basic, its id and secret encoded (RFC 6749 §2.3.1)', async () => {
    const { pending, callback } = await goAndReturn();
    await upstream.finish(callback, pending);
    const request = provider.asked.find(({ url }) => url === provider.server.token_endpoint);
    const [scheme, credentials = ''] = request?.headers.get('authorization')?.split(' ') ?? [];
    const [id, secret] = atob(credentials).split(':').map(decodeForm);
    expect([scheme, id, secret]).toEqual(['Basic', client.id, client.secret]);
  });

  it('authenticates in the body where the metadata wants that', async () => {
    await provider[Symbol.asyncDispose]();
    provider = await startRealProvider(client, redirectUri, 'client_secret_post');
    upstream = await connect();
    const { pending, callback } = await goAndReturn();
    await upstream.finish(callback, pending);
    expect(lastForm()).toMatchObject({ client_id: client.id, client_secret: client.secret });
  });

  it('comes back to the address that is registered, whatever became of it on the way', async () => {
    const { pending, callback } = await goAndReturn();
    const seen = new URL(`http://10.0.0.7:8080/deeper/callback${callback.search}`);
    await upstream.finish(seen, pending);
    expect(lastForm().redirect_uri).toBe(redirectUri.href);
  });
});

describe('the person', () => {
  it('may say no', async () => {
    const { url, pending } = await upstream.begin(upstream.scopes);
    const callback = await provider.visit(url, 'decline');
    const failure = await upstream.finish(callback, pending).catch((error) => error);
    expect(failure).toBeInstanceOf(LoginFailed);
    expect(failure).toMatchObject({
      problem: 'denied',
      details: { error: 'access_denied', description: 'no, thank you' },
    });
  });

  it.each([
    [{}, undefined, 'login'],
    [{ otherAccountPrompt: 'select_account' }, undefined, 'select_account'],
    [
      { authorizationParameters: { prompt: 'consent', access_type: 'offline' } },
      'consent',
      'consent login',
    ],
  ])('may want another account (%j)', async (particular, usual, other) => {
    describeProvider(particular);
    upstream = await connect();
    const prompt = async (otherAccount: boolean) =>
      (await upstream.begin(['openid'], { otherAccount })).url.searchParams.get('prompt');
    expect(await prompt(false)).toBe(usual ?? null);
    expect(await prompt(true)).toBe(other);
  });
});

describe('a login is refused', () => {
  it('with a state that is not the one of this departure', async () => {
    const { pending, callback } = await goAndReturn();
    callback.searchParams.set('state', (await upstream.begin(['openid'])).pending.state);
    await expectRefused(upstream.finish(callback, pending), 'callback_refused');
    callback.searchParams.delete('state');
    await expectRefused(upstream.finish(callback, pending), 'callback_refused');
    expect(lastForm()).toEqual({});
  });

  it('with a code of another login, injected into this one (RFC 9700 §2.1.1)', async () => {
    const theirs = await goAndReturn();
    const { pending, callback } = await goAndReturn();
    callback.searchParams.set('code', theirs.callback.searchParams.get('code') ?? '');
    await expectRefused(upstream.finish(callback, pending), 'code_refused');
  });

  it('with an issuer that is not the one of the metadata (RFC 9207 §2.4)', async () => {
    const { pending, callback } = await goAndReturn();
    expect(callback.searchParams.get('iss')).toBe(provider.server.issuer);
    callback.searchParams.set('iss', 'https://attacker.example');
    await expectRefused(upstream.finish(callback, pending), 'callback_refused');
    callback.searchParams.delete('iss');
    await expectRefused(upstream.finish(callback, pending), 'callback_refused');
    expect(lastForm()).toEqual({});
  });

  it('with a code that was used', async () => {
    const { pending, callback } = await goAndReturn();
    await upstream.finish(callback, pending);
    await expectRefused(upstream.finish(callback, pending), 'code_refused');
  });

  it('without a code', async () => {
    const { pending, callback } = await goAndReturn();
    callback.searchParams.delete('code');
    await expectRefused(upstream.finish(callback, pending), 'callback_refused');
  });

  it('with the ID token of another departure', async () => {
    const { pending, callback } = await goAndReturn();
    await expectRefused(upstream.finish(callback, { ...pending, nonce: 'n' }), 'answer_refused');
  });

  it('with the wrong secret', async () => {
    const { pending, callback } = await goAndReturn();
    const other = await connect({ secret: 'not the secret' });
    await expectRefused(other.finish(callback, pending), 'client_refused');
  });

  it('of somebody who is not among OAUTH_ALLOWED_USERS', async () => {
    upstream = await createUpstream({
      config: { ...config, allowedUsers: ['eve@example.com'] },
      server: provider.server,
      redirectUri,
    });
    const { pending, callback } = await goAndReturn();
    await expectRefused(upstream.finish(callback, pending), 'not_admitted');
  });
});

describe('tokens', () => {
  it('are renewed; what the provider does not repeat stays', async () => {
    const { pending, callback } = await goAndReturn();
    const { user, tokens } = await upstream.finish(callback, pending);
    const renewed = await upstream.refresh(tokens, user);
    expect(renewed).toMatchObject({ scopes: tokens.scopes, expiresAt: expect.any(Number) });
    expect(renewed.accessToken).not.toBe(tokens.accessToken);
    expect(renewed.refreshToken).not.toBe(tokens.refreshToken);
    const form = { grant_type: 'refresh_token', refresh_token: tokens.refreshToken };
    expect(lastForm()).toEqual(form);
  });

  it('that the provider does not renew end the login', async () => {
    const { pending, callback } = await goAndReturn();
    const { user, tokens } = await upstream.finish(callback, pending);
    await upstream.refresh(tokens, user);
    // The provider takes the second use of a rotated token for a theft.
    await expect(upstream.refresh(tokens, user)).rejects.toThrow(LoginEnded);
  });

  it('are checked where they were used to find out who it is', async () => {
    describeProvider({ verify: 'userinfo' });
    upstream = await connect();
    const { pending, callback } = await goAndReturn();
    const { user, tokens } = await upstream.finish(callback, pending);
    expect(user).toMatchObject({ subject: 'ada', email: 'ada@example.com', emailVerified: true });
    await expect(upstream.check(tokens)).resolves.toBeUndefined();
    const revoked = { ...tokens, accessToken: 'revoked' };
    await expect(upstream.check(revoked)).rejects.toThrow(LoginEnded);
  });
});

async function expectRefused(login: Promise<unknown>, problem: string): Promise<void> {
  const failure = await login.catch((error) => error);
  expect(failure).toBeInstanceOf(LoginFailed);
  expect(failure).toMatchObject({ problem });
}

function decodeForm(text: string): string {
  return decodeURIComponent(text.replaceAll('+', ' '));
}
