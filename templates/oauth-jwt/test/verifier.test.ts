import { CompactEncrypt, generateSecret, UnsecuredJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { type RequestProblem, requestProblems } from '../src/auth/problems.js';
import { createVerifier } from '../src/auth/verifier.js';
import { audience, createIssuer } from './support/issuer.js';

const issuer = await createIssuer();
const options = {
  server: { issuer: issuer.url, jwksUri: `${issuer.url}/jwks` },
  audience,
  metadataUrl: 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp',
};
const verify = await createVerifier(options, issuer);
const now = Math.floor(Date.now() / 1000);

const isRefused = async (token: string, problem: RequestProblem, by = verify) =>
  expect(by(token)).rejects.toMatchObject({ problem, message: requestProblems[problem] });

it('tells whose token it is', async () => {
  expect(await verify(await issuer.sign())).toMatchObject({
    clientId: 'test-client',
    scopes: ['mcp:use'],
    expiresAt: now + 300,
    extra: { claims: { sub: 'ada' } },
  });
});

describe('scopes', () => {
  it.each([
    ['a string', { scope: 'a b' }, ['a', 'b']],
    ['an array', { scope: ['a', 'b'] }, ['a', 'b']],
    ['an scp string', { scope: undefined, scp: 'a b' }, ['a', 'b']],
    ['an scp array', { scope: undefined, scp: ['a', 'b'] }, ['a', 'b']],
    ['none', { scope: undefined }, []],
    ['something odd', { scope: { a: 1 }, scp: [1, 'a'] }, ['a']],
  ])('as %s', async (_, claims, scopes) => {
    expect((await verify(await issuer.sign(claims))).scopes).toEqual(scopes);
  });

  it('imply narrower ones', async () => {
    const { scopes } = await verify(await issuer.sign({ scope: 'mcp:admin' }));
    expect(scopes).toEqual(['mcp:admin', 'mcp:use']);
  });
});

describe('audience', () => {
  it.each([
    [audience],
    [[audience, 'https://other.example']],
    [`${audience}/`],
    ['HTTPS://MCP.Example.com/mcp'],
  ])('%j is ours', async (aud) => {
    await expect(verify(await issuer.sign({ aud }))).resolves.toBeDefined();
  });

  it.each([
    ['https://other.example'],
    [[]],
    [undefined],
    [`${audience}//`],
    [`${audience}x`],
    ['https://mcp.example.com/MCP'],
    [7],
  ])('%j is not', async (aud) =>
    isRefused(await issuer.sign({ aud } as never), 'audience_refused'),
  );

  it('is not looked at when none is expected', async () => {
    const anyAudience = await createVerifier({ ...options, audience: undefined }, issuer);
    await expect(anyAudience(await issuer.sign({ aud: 'x' }))).resolves.toBeDefined();
  });
});

describe('issuer', () => {
  it.each([`${issuer.url}/`, 'https://LOGIN.example.com', 'https://evil.example', undefined])(
    '%j is another one',
    async (iss) => isRefused(await issuer.sign({ iss } as never), 'issuer_refused'),
  );
});

describe('time', () => {
  it('may be off by 30 seconds', async () => {
    await expect(verify(await issuer.sign({ exp: now - 20 }))).resolves.toBeDefined();
    await expect(verify(await issuer.sign({ nbf: now + 20 }))).resolves.toBeDefined();
  });

  it('runs out', async () => isRefused(await issuer.sign({ exp: now - 40 }), 'token_expired'));
  it('may not have come', async () =>
    isRefused(await issuer.sign({ nbf: now + 40 }), 'token_early'));
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
    { nonce: 'n' },
    { at_hash: 'h' },
  ])('an ID or refresh token is refused: %j', async (claims) =>
    isRefused(await issuer.sign(claims, { typ: 'JWT' }), 'token_kind'),
  );
});

describe('what is not signed by our provider', () => {
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
    const token = new UnsecuredJWT({ iss: issuer.url, aud: audience, exp: now + 300 }).encode();
    await isRefused(`${token}x`, 'algorithm_refused');
  });

  it('a token signed with a shared secret', async () => {
    const [, payload] = (await issuer.sign()).split('.');
    const header = Buffer.from('{"alg":"HS256","typ":"at+jwt"}').toString('base64url');
    await isRefused(`${header}.${payload}.c2ln`, 'algorithm_refused');
  });

  it('a token with a changed claim', async () => {
    const [header, , signature] = (await issuer.sign()).split('.');
    const claims = { iss: issuer.url, aud: audience, sub: 'eve', exp: now + 300 };
    const payload = Buffer.from(JSON.stringify(claims)).toString('base64url');
    await isRefused(`${header}.${payload}.${signature}`, 'signature_invalid');
  });

  it('a token with another key under the same id', async () => {
    const impostor = await createIssuer(issuer.url);
    const { keys } = issuer.documents[options.server.jwksUri] as { keys: { kid: string }[] };
    await isRefused(await impostor.sign({}, { kid: keys[0]?.kid as string }), 'signature_invalid');
  });
});
