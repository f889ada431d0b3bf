import { CompactEncrypt, generateSecret, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { factsOf } from '../src/auth/caller.js';
import { requestProblems } from '../src/auth/messages.js';
import type { RequestProblem } from '../src/auth/problems.js';
import { provider } from '../src/auth/provider.js';
import { createVerifier } from '../src/auth/verifier.js';
import { createIssuer, scopeClaim } from './support/issuer.js';
import { audience, goodClaims } from './support/token.js';

const issuer = await createIssuer();
const options = {
  server: { issuer: issuer.url, jwks_uri: `${issuer.url}/jwks` },
  audiences: [audience],
  scopes: [],
  metadataUrl: 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp',
};
const verify = await createVerifier(options, issuer);
const now = Math.floor(Date.now() / 1000);

const isRefused = async (token: string, problem: RequestProblem, by = verify) =>
  expect(by(token)).rejects.toMatchObject({ problem, message: requestProblems[problem] });

it('tells whose token it is', async () => {
  expect(await verify(await issuer.sign({ exp: now + 300 }))).toMatchObject({
    clientId: 'test-client',
    expiresAt: now + 300,
    extra: { claims: { sub: 'ada' } },
  });
});

describe.each(provider.scopeClaims)('scopes in %s', (claim) => {
  it.each([
    ['a string', 'a b', ['a', 'b']],
    ['an array', ['a', 'b'], ['a', 'b']],
    ['missing', undefined, []],
    ['something odd', { a: 1 }, []],
    ['an odd array', [1, 'a'], ['a']],
  ])('as %s', async (_, written, scopes) => {
    const claims = { [scopeClaim]: undefined, [claim]: written };
    expect((await verify(await issuer.sign(claims as never))).scopes).toEqual(scopes);
  });

  it('imply narrower ones', async () => {
    const { scopes } = await verify(await issuer.sign({ [claim]: 'mcp:admin' }));
    expect(scopes).toEqual(expect.arrayContaining(['mcp:admin', 'mcp:use']));
  });
});

it('checks for whom and by whom a token was issued', async () => {
  const elsewhere = { aud: 'https://other.example', client_id: 'another-client' };
  await isRefused(await issuer.sign(elsewhere), 'audience_refused');
  await isRefused(await issuer.sign({ iss: `${issuer.url}/` }), 'issuer_refused');
});

describe('time', () => {
  it('may be off by 30 seconds', async () => {
    await expect(verify(await issuer.sign({ exp: now - 20 }))).resolves.toBeDefined();
    await expect(verify(await issuer.sign({ nbf: now + 20 }))).resolves.toBeDefined();
  });

  it('runs out', async () => isRefused(await issuer.sign({ exp: now - 40 }), 'token_expired'));
  it('may not have come', async () =>
    isRefused(await issuer.sign({ nbf: now + 90 }), 'token_early'));
  it('must be limited', async () =>
    isRefused(await issuer.sign({ exp: undefined } as never), 'expiry_missing'));
  it('must be a number', async () =>
    isRefused(await issuer.sign({ exp: 'later' } as never), 'token_malformed'));

  it('runs out for a token that was good a moment ago', async () => {
    let clock = Date.now();
    const timed = await createVerifier(options, issuer, () => clock);
    const token = await issuer.sign({ exp: now + 30 });
    await timed(token);
    clock += 70_000;
    await isRefused(token, 'token_expired', timed);
  });
});

describe('the kind of token', () => {
  it.each(['JWT', 'jwt', 'application/at+jwt', 'AT+JWT', undefined])(
    'typ %j is fine',
    async (typ) => {
      await expect(verify(await issuer.sign({}, { typ } as never))).resolves.toBeDefined();
    },
  );

  it.each(['logout+jwt', 'dpop+jwt', 'id_token+jwt'])('typ %j is not', async (typ) =>
    isRefused(await issuer.sign({}, { typ }), 'token_kind'),
  );

  it.each([
    { token_use: 'id' },
    { typ: 'ID' },
    { typ: 'Refresh' },
    ...provider.idTokenClaims.map((claim) => ({ [claim]: 'x' })),
  ])('an ID or refresh token is refused: %j', async (claims) =>
    isRefused(await issuer.sign(claims, { typ: 'JWT' }), 'token_kind'),
  );
});

it('cannot be changed by a tool, because it serves later requests too', async () => {
  const authInfo = await verify(await issuer.sign());
  expect(() => authInfo.scopes.push('mcp:admin')).toThrow(TypeError);
  const { claims, audiences } = factsOf(authInfo);
  expect(() => Object.assign(claims, { sub: 'root' })).toThrow(TypeError);
  expect(() => (audiences as string[]).pop()).toThrow(TypeError);
});

describe('what is not signed by our provider', () => {
  it('a token that names no key, where there are several', async () => {
    const several = await createIssuer();
    const first = await several.rotate();
    const second = await several.rotate();
    several.documents[options.server.jwks_uri] = { keys: [first, second] };
    const strict = await createVerifier(options, several);
    const impostor = await createIssuer(issuer.url);
    const forged = await impostor.sign({}, { kid: undefined } as never);
    await isRefused(forged, 'signature_invalid', strict);
  });

  it('a token whose kind is not even text', async () =>
    isRefused(await issuer.sign({}, { typ: 7 } as never), 'token_malformed'));
  it('an opaque token', async () => isRefused('mF_9.B5f-4.1JqM.x', 'token_opaque'));
  it('nothing like a JWT', async () => isRefused('a.b.c', 'token_malformed'));

  it('an encrypted token', async () => {
    const secret = await generateSecret('A256GCM');
    const token = await new CompactEncrypt(new Uint8Array(3))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
      .encrypt(secret);
    await isRefused(token, 'token_encrypted');
  });

  it('an unsigned token', async () => {
    const token = new UnsecuredJWT({ ...goodClaims, iss: issuer.url, exp: now + 300 }).encode();
    await isRefused(`${token}x`, 'algorithm_refused');
  });

  it('a token signed with a shared secret', async () => {
    const [, payload] = (await issuer.sign()).split('.');
    const header = Buffer.from('{"alg":"HS256","typ":"at+jwt"}').toString('base64url');
    await isRefused(`${header}.${payload}.c2ln`, 'algorithm_refused');
  });

  it('a token with a changed claim', async () => {
    const [header, , signature] = (await issuer.sign()).split('.');
    const claims = { ...goodClaims, iss: issuer.url, sub: 'eve', exp: now + 300 };
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
    await isRefused(`${header}.${payload}.${signature}`, 'signature_invalid');
  });

  it('a token with another key under the same id', async () => {
    const impostor = await createIssuer(issuer.url);
    const { keys } = issuer.documents[options.server.jwks_uri] as { keys: { kid: string }[] };
    await isRefused(await impostor.sign({}, { kid: keys[0]?.kid as string }), 'signature_invalid');
  });
});
