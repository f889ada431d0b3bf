// The provider is in trouble, or says no: which of the two it is, and what may be shown of it.
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LoginFailed, ProviderUnavailable } from '../src/upstream/errors.js';
import {
  callbackFor,
  client,
  createFakeProvider,
  type FakeProvider,
  logIn,
} from './support/fake-provider.js';
import { describeProvider } from './support/provider-data.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

let fake: FakeProvider;
beforeEach(async () => {
  describeProvider();
  fake = await createFakeProvider();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('when the provider is in trouble', () => {
  it.each<[string, () => Response]>([
    ['it fails', () => new Response('<h1>oops</h1>', { status: 502 })],
    ['it has too much to do', () => Response.json({ error: 'slow_down' }, { status: 429 })],
    ['it says so', () => Response.json({ error: 'temporarily_unavailable' }, { status: 400 })],
  ])('nobody is blamed: %s', async (_name, answer) => {
    const upstream = await fake.upstream();
    const { pending } = await upstream.begin(upstream.scopes);
    fake.answer = answer;
    const login = upstream.finish(callbackFor(pending), pending);
    await expect(login).rejects.toThrow(ProviderUnavailable);
  });

  it('nobody is blamed: it cannot be reached', async () => {
    const upstream = await fake.upstream();
    const { pending } = await upstream.begin(upstream.scopes);
    fake.answer = () => {
      throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    };
    const failure = await upstream.finish(callbackFor(pending), pending).catch((error) => error);
    expect(failure).toBeInstanceOf(ProviderUnavailable);
    expect(failure.details).toEqual({
      endpoint: fake.server.token_endpoint,
      reason: 'ECONNREFUSED',
    });
  });

  it('nobody is blamed: it breaks off in the middle', async () => {
    const upstream = await fake.upstream();
    const { pending } = await upstream.begin(upstream.scopes);
    fake.fetch = async () => {
      const body = new ReadableStream({ pull: (stream) => stream.error(new Error('cut')) });
      return new Response(body, { headers: { 'content-type': 'application/json' } });
    };
    const again = await fake.upstream();
    await expect(again.finish(callbackFor(pending), pending)).rejects.toThrow(ProviderUnavailable);
  });

  it('nobody is blamed: its keys cannot be had', async () => {
    fake.documents = { 'https://login.example.com/keys': new Response(null, { status: 503 }) };
    await expect(logIn(fake, await fake.upstream(), { claims: {} })).rejects.toThrow(
      ProviderUnavailable,
    );
  });

  it('nobody is blamed: it says so in the redirect', async () => {
    const upstream = await fake.upstream();
    const { pending } = await upstream.begin(upstream.scopes);
    const callback = callbackFor(pending, { error: 'server_error' });
    await expect(upstream.finish(callback, pending)).rejects.toThrow(ProviderUnavailable);
  });

  it('it has a few seconds', async () => {
    vi.useFakeTimers();
    const limit = vi.spyOn(AbortSignal, 'timeout').mockImplementation((time) => {
      const controller = new AbortController();
      setTimeout(() => controller.abort(new DOMException('', 'TimeoutError')), time);
      return controller.signal;
    });
    fake.fetch = (_url, init) =>
      new Promise((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(init.signal?.reason));
      });
    const upstream = await fake.upstream();
    const { pending } = await upstream.begin(upstream.scopes);
    const login = upstream.finish(callbackFor(pending), pending).catch((error) => error);
    await vi.advanceTimersByTimeAsync(5_000);
    expect((await login).details).toMatchObject({ reason: 'it took too long' });
    limit.mockRestore();
  });
});

describe('errors', () => {
  it.each([
    ['invalid_grant', 'code_refused'],
    ['bad_verification_code', 'code_refused'],
    ['invalid_client', 'client_refused'],
    ['incorrect_client_credentials', 'client_refused'],
    ['invalid_scope', 'request_refused'],
  ])('of the token endpoint are told apart: %s', async (error, problem) => {
    const login = logIn(fake, await fake.upstream(), { error, access_token: undefined });
    await expect(login).rejects.toMatchObject({ problem, details: { error } });
  });

  it('about the credentials are known by their status, whatever they are called', async () => {
    const upstream = await fake.upstream();
    const { pending } = await upstream.begin(upstream.scopes);
    fake.answer = () => Response.json({ error: 'access_denied' }, { status: 401 });
    const login = upstream.finish(callbackFor(pending), pending);
    await expect(login).rejects.toMatchObject({ problem: 'client_refused' });
  });

  it.each([
    ['access_denied', 'denied'],
    ['invalid_scope', 'request_refused'],
  ])('of the redirect are told apart: %s', async (error, problem) => {
    const upstream = await fake.upstream();
    const { pending } = await upstream.begin(upstream.scopes);
    const login = upstream.finish(callbackFor(pending, { error }), pending);
    await expect(login).rejects.toMatchObject({ problem, details: { error } });
  });

  it('hold no token, code or secret, even if the provider repeats them', async () => {
    const upstream = await fake.upstream();
    const { pending } = await upstream.begin(upstream.scopes);
    const { state, nonce, verifier } = pending;
    const token = await fake.idToken({ nonce: 'another' });
    const secrets = ['the-code', state, nonce, verifier, client.secret, token, 'the-access-token'];
    const answers: object[] = [
      Response.json({ error: 'invalid_grant', error_description: secrets.join() }, { status: 400 }),
      Response.json({ error: secrets.slice(0, 5).join() }, { status: 401 }),
      new Response(secrets.join(), { status: 400 }),
      new Response(`{"access_token":"the-access-token",${secrets.join()}`),
      { access_token: 'the-access-token', token_type: 'bearer', id_token: token },
      { access_token: 'the-access-token', token_type: 'bearer', id_token: `${token}.${token}` },
      { access_token: 'the-access-token', token_type: 'odd', refresh_token: 'the-access-token' },
      { access_token: 'the-access-token', token_type: 'bearer', refresh_token: 7, secrets },
    ];
    for (const answer of answers) {
      fake.answer = () => answer;
      const failure = await upstream.finish(callbackFor(pending), pending).catch((error) => error);
      expect(failure).toBeInstanceOf(LoginFailed);
      const seen = inspect(failure, { depth: 20, showHidden: true });
      for (const secret of secrets) expect(seen).not.toContain(secret);
    }
    const callback = callbackFor(pending, { error: 'odd', error_description: secrets.join() });
    const failure = await upstream.finish(callback, pending).catch((error) => error);
    const seen = inspect(failure, { depth: 20, showHidden: true });
    for (const secret of secrets.slice(0, 5)) expect(seen).not.toContain(secret);
  });

  it('of this server itself stay what they are, for those who have to mend them', async () => {
    describeProvider({ identityClaims: undefined as never });
    const login = logIn(fake, await fake.upstream(), { claims: {} });
    await expect(login).rejects.toThrow(TypeError);
  });
});
