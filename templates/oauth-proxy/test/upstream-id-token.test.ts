// ID tokens: each is good but for one thing. And the provider that has only one token for everything.
import { generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { LoginFailed } from '../src/upstream/errors.js';
import {
  callbackFor,
  client,
  createFakeProvider,
  type FakeProvider,
} from './support/fake-provider.js';
import { describeProvider } from './support/provider-data.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

let fake: FakeProvider;
beforeEach(async () => {
  describeProvider();
  fake = await createFakeProvider();
});

const soon = Math.floor(Date.now() / 1000) + 300;

/** Logs in with a token endpoint that sends this as ID token. */
async function logInWith(make: (nonce: string) => Promise<string | undefined> | string) {
  const upstream = await fake.upstream();
  const { pending } = await upstream.begin(upstream.scopes);
  const id_token = await make(pending.nonce);
  fake.answer = () => ({ access_token: 'opaque', token_type: 'bearer', id_token });
  return upstream.finish(callbackFor(pending), pending);
}

describe('an ID token is refused', () => {
  it.each([
    ['of another issuer', { iss: 'https://attacker.example' }],
    ['for another client', { aud: 'another' }],
    ['for several clients, asked for by another', { aud: [client.id, 'another'], azp: 'another' }],
    ['that has expired, by more than clocks differ', { exp: soon - 300 - 31 }],
    ['that is not valid yet', { nbf: soon }],
    ['without an expiry', { exp: undefined }],
    ['without a subject', { sub: undefined }],
    ['whose subject is empty', { sub: '' }],
    ['without the nonce', { nonce: undefined }],
    ['with another nonce', { nonce: 'another' }],
  ])('%s', async (_name, claims) => {
    await expectRefused(logInWith((nonce) => fake.idToken({ nonce, ...claims })));
  });

  it('whose claims were changed', async () => {
    await expectRefused(
      logInWith(async (nonce) => {
        const [header, , signature] = (await fake.idToken({ nonce })).split('.');
        const [, payload] = (await fake.idToken({ nonce, sub: 'eve' })).split('.');
        return `${header}.${payload}.${signature}`;
      }),
    );
  });

  it('signed with a key that is not published', async () => {
    const other = await createFakeProvider({}, generateKeyPair('RS256'));
    await expectRefused(logInWith((nonce) => other.idToken({ nonce })));
  });

  it.each([undefined, ['none', 'HS256', 'RS256']])(
    'without a signature (metadata: %j)',
    async (algs) => {
      fake = await createFakeProvider(algs && { id_token_signing_alg_values_supported: algs });
      const claims = {
        iss: fake.server.issuer,
        sub: 'ada',
        aud: client.id,
        iat: soon - 300,
        exp: soon,
      };
      await expectRefused(logInWith((nonce) => new UnsecuredJWT({ ...claims, nonce }).encode()));
    },
  );

  it('signed with what this server knows as well: its secret', async () => {
    fake = await createFakeProvider({ id_token_signing_alg_values_supported: ['HS256', 'RS256'] });
    const claims = {
      iss: fake.server.issuer,
      sub: 'ada',
      aud: client.id,
      iat: soon - 300,
      exp: soon,
    };
    await expectRefused(
      logInWith((nonce) =>
        new SignJWT({ ...claims, nonce })
          .setProtectedHeader({ alg: 'HS256' })
          .sign(Buffer.from(client.secret)),
      ),
    );
  });

  it.each(['garbage', 'a.b.c', '', 'e30.e30.e30.e30.e30'])('that is none: %j', async (text) => {
    await expectRefused(logInWith(() => text));
  });

  it('that is not there', async () => {
    await expectRefused(logInWith(async () => undefined));
  });
});

describe('an ID token is accepted', () => {
  it('from a clock that is half a minute behind', async () => {
    const login = logInWith((nonce) => fake.idToken({ nonce, exp: soon - 300 - 20 }));
    expect((await login).user.subject).toBe('ada');
  });

  it('for several audiences, when this server asked for it', async () => {
    const aud = { aud: [client.id, 'an-api'], azp: client.id };
    const login = logInWith((nonce) => fake.idToken({ nonce, ...aud }));
    expect((await login).user.subject).toBe('ada');
  });
});

describe('one JWT as access token and ID token', () => {
  async function logInWithOne(more: object, scopes = ['openid', 'email', 'reports']) {
    const upstream = await fake.upstream({ upstreamScopes: scopes });
    const { pending } = await upstream.begin(upstream.scopes);
    const token = await fake.idToken({ nonce: pending.nonce });
    fake.answer = () => ({ access_token: token, id_token: token, token_type: 'bearer', ...more });
    return { token, ...(await upstream.finish(callbackFor(pending), pending)) };
  }

  it('grants what the answer says', async () => {
    const { user, tokens, token } = await logInWithOne({ scope: 'openid reports' });
    expect(user.subject).toBe('ada');
    expect(tokens).toEqual({ accessToken: token, scopes: ['openid', 'reports', 'email'] });
  });

  it('grants what was requested where the answer says nothing', async () => {
    const { tokens } = await logInWithOne({});
    expect(tokens.scopes).toEqual(['openid', 'email', 'reports']);
  });
});

it('says in the log what was expected and found, where that is no secret', async () => {
  const login = logInWith((nonce) => fake.idToken({ nonce, aud: 'another' }));
  const failure = await login.catch((error) => error);
  expect(failure.details).toMatchObject({ claim: 'aud', expected: client.id, found: 'another' });
});

async function expectRefused(login: Promise<unknown>): Promise<void> {
  const failure = await login.catch((error) => error);
  expect(failure).toBeInstanceOf(LoginFailed);
  expect(failure).toMatchObject({ problem: 'answer_refused' });
}
