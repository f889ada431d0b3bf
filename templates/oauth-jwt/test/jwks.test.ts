import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { startupProblems } from '../src/auth/messages.js';
import { createVerifier } from '../src/auth/verifier.js';
import { createIssuer, type Issuer } from './support/issuer.js';
import { audience } from './support/token.js';

const minute = 60_000;
let issuer: Issuer;
let jwksUri: string;
let clock: number;

beforeEach(async () => {
  issuer = await createIssuer();
  jwksUri = `${issuer.url}/jwks`;
  clock = Date.now();
});

const start = (background?: (work: Promise<void>) => void) =>
  createVerifier(
    {
      server: { issuer: issuer.url, jwks_uri: jwksUri },
      audiences: [audience],
      scopes: [],
      metadataUrl: 'https://x.example',
    },
    { fetch: issuer.fetch, ...(background && { background }) },
    () => clock,
  );
/** Tokens of the far future, so that only the keys grow old. */
const sign = (claims = {}) => issuer.sign({ exp: 9_999_999_999, ...claims });
const keysAsked = () => issuer.asked[jwksUri] ?? 0;

describe('at start', () => {
  it('says that the keys cannot be fetched', async () => {
    issuer.down = true;
    const failure = start();
    await expect(failure).rejects.toThrow(startupProblems.jwks_unreachable);
    await expect(failure).rejects.toThrow(jwksUri);
  });

  it.each([{}, { keys: [] }, { keys: 'x' }, { keys: [{ kty: 'oct', k: 'c2VjcmV0' }] }])(
    'says that no key is usable in %j',
    async (document) => {
      issuer.documents[jwksUri] = document;
      await expect(start()).rejects.toThrow(startupProblems.jwks_unusable);
    },
  );
});

it('leaves odd keys out and uses the others', async () => {
  const good = await issuer.rotate();
  const odd = [
    null,
    { kty: 'oct', k: 'c2VjcmV0', kid: good.kid },
    { kty: 'XYZ', kid: 'a' },
    { kty: 'EC', crv: 'P-256', x: '!', y: '!', kid: good.kid },
    { kty: 'RSA', n: 'AQAB', e: 'AQAB', kid: good.kid },
    { kty: 'OKP', crv: 'X25519', x: 'AAAA', use: 'enc' },
  ];
  issuer.documents[jwksUri] = { keys: [...odd, good] };
  const verify = await start();
  await expect(verify(await sign())).resolves.toBeDefined();
});

it('leaves out RSA keys below 2048 bits, private keys, and keys for encryption', async () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const { privateKey: secret } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encrypting = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey;
  const keys: object[] = [publicKey, privateKey, secret].map((key) =>
    key.export({ format: 'jwk' }),
  );
  for (const key of [...keys, { ...encrypting.export({ format: 'jwk' }), use: 'enc' }]) {
    issuer.documents[jwksUri] = { keys: [key] };
    await expect(start()).rejects.toThrow(startupProblems.jwks_unusable);
  }
});

it.each(['RS256', 'PS256', 'ES384', 'EdDSA'])(
  'verifies %s, also when the key says no alg',
  async (alg) => {
    const { alg: _, ...key } = await issuer.rotate(alg);
    issuer.documents[jwksUri] = { keys: [key] };
    const verify = await start();
    await expect(verify(await sign())).resolves.toBeDefined();
  },
);

it('tries every key for a token that names none', async () => {
  const first = await issuer.rotate();
  const second = await issuer.rotate();
  issuer.documents[jwksUri] = { keys: [first, second] };
  const verify = await start();
  const token = await issuer.sign({ exp: 9_999_999_999 }, { kid: undefined } as never);
  await expect(verify(token)).resolves.toBeDefined();
});

describe('when keys rotate', () => {
  it('accepts the new key at once, and no longer the old one', async () => {
    const verify = await start();
    const old = await sign();
    await verify(old);
    await issuer.rotate();
    await expect(verify(await sign())).resolves.toBeDefined();
    // Also what was remembered as verified is forgotten.
    await expect(verify(old)).rejects.toMatchObject({ problem: 'key_unknown' });
  });

  it('accepts the new key also for requests that were on their way', async () => {
    const verify = await start();
    await issuer.rotate();
    const tokens = await Promise.all([1, 2, 3, 4].map((sub) => sign({ sub: String(sub) })));
    await Promise.all(tokens.map(verify));
    expect(keysAsked()).toBe(2);
  });

  it('asks for unknown keys at most once per cool-down', async () => {
    const verify = await start();
    const forged = await (await createIssuer(issuer.url)).sign();
    for (const _ of [1, 2, 3]) {
      await expect(verify(forged)).rejects.toMatchObject({ problem: 'key_unknown' });
    }
    expect(keysAsked()).toBe(2);
    clock += 11_000;
    await expect(verify(forged)).rejects.toMatchObject({ problem: 'key_unknown' });
    expect(keysAsked()).toBe(3);
  });
});

it('fetches keys again in the background when they are ten minutes old', async () => {
  const verify = await start();
  clock += 11 * minute;
  await verify(await sign({ sub: 'a' }));
  await verify(await sign({ sub: 'b' }));
  expect(keysAsked()).toBe(2);
});

it('tells of what it fetches in the background, so that it may go on after the request', async () => {
  const told: Promise<void>[] = [];
  const verify = await start((work) => told.push(work));
  const old = await sign();
  await issuer.rotate();
  clock += 11 * minute;
  await verify(old);
  expect(told).toHaveLength(1);
  await told[0];
  await verify(await sign());
  expect(keysAsked()).toBe(2);
});

describe('when the clock was ahead, and is set back', () => {
  it('new keys are found at once, and keys are fetched as often as ever', async () => {
    const verify = await start();
    clock += 60 * minute;
    await verify(await sign({ sub: 'a' }));
    const before = keysAsked();
    clock -= 60 * minute;
    await issuer.rotate();
    await expect(verify(await sign({ sub: 'b' }))).resolves.toBeDefined();
    expect(keysAsked()).toBe(before + 1);
  });

  it('keys that seem to come from the future are fetched again', async () => {
    clock += 60 * minute;
    const verify = await start();
    clock -= 60 * minute;
    await verify(await sign({ sub: 'a' }));
    expect(keysAsked()).toBe(2);
  });
});

describe('in an outage of the provider', () => {
  it('known keys keep working for an hour', async () => {
    const verify = await start();
    issuer.down = true;
    clock += 59 * minute;
    await expect(verify(await sign({ sub: 'a' }))).resolves.toBeDefined();
    clock += 2 * minute;
    await expect(verify(await sign({ sub: 'b' }))).rejects.toMatchObject({
      problem: 'provider_unavailable',
    });
    issuer.down = false;
    clock += minute;
    await expect(verify(await sign({ sub: 'b' }))).resolves.toBeDefined();
  });

  it('an unknown key is nobody’s fault, a forged signature is still the caller’s', async () => {
    const verify = await start();
    const good = await issuer.rotate();
    const impostor = await createIssuer(issuer.url);
    issuer.down = true;
    await expect(verify(await sign())).rejects.toMatchObject({ problem: 'provider_unavailable' });
    expect(good.kid).toBeDefined();
    issuer.down = false;
    clock += minute;
    await verify(await sign());
    issuer.down = true;
    const forged = await impostor.sign({}, { kid: good.kid as string });
    await expect(verify(forged)).rejects.toMatchObject({ problem: 'signature_invalid' });
  });
});
