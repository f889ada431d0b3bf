import { calculateJwkThumbprint, importJWK, jwtVerify, SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { deriveKeys } from '../src/store/keys.js';

const [now, before] = ['a new secret of some length', 'an old secret of some length'];

it('gives every instance the same keys', () => {
  expect(deriveKeys([now, before])).toEqual(deriveKeys([now, before]));
});

it('gives those of the newest secret first, and what an older one gave', () => {
  const both = deriveKeys([now, before]);
  const old = deriveKeys([before]);
  expect(both.signing.map(({ kid }) => kid)).toEqual([
    deriveKeys([now]).signing[0]?.kid,
    old.signing[0]?.kid,
  ]);
  for (const name of ['signing', 'cookies', 'sealing', 'csrf'] as const) {
    expect(both[name]).toHaveLength(2);
    expect(both[name][1]).toEqual(old[name][0]);
    expect(both[name][0]).not.toEqual(old[name][0]);
  }
});

it('has a different key for each purpose', () => {
  const { signing, cookies, sealing, csrf } = deriveKeys([now]);
  const all = [
    signing[0]?.d,
    cookies[0],
    ...[...sealing, ...csrf].map((key) => key.toString('base64url')),
  ];
  expect(new Set(all).size).toBe(4);
  expect(all.map((key) => Buffer.from(key ?? '', 'base64url').length)).toEqual([32, 32, 32, 32]);
});

// Reckoned by another implementation of HKDF. A change here logs everybody out: tokens, cookies and
// records of before would no longer be accepted.
it('derives what it always did', () => {
  const { signing, cookies, sealing, csrf } = deriveKeys(['0'.repeat(64)]);
  const keys = [...sealing, ...csrf].map((key) => key.toString('base64url'));
  expect([signing[0]?.d, ...cookies, ...keys]).toEqual([
    'kpO2IR_3Vh55nigy_DJOwEFhNN9Tx0sAQd_Z8rsHv3U',
    'O7nqRDcv5VtvUamVsepYzPHUT-lOajtF5phEf7rzpCI',
    'OAHRJvhABVTCI37y1FlHx829IdldiuWX30I_HyN0OG4',
    '1oTKY89EG20p3lEgTSP5PVBCaWan4GREX1OC8MqZE34',
  ]);
});

it('signs with a whole key on the curve, named by its thumbprint', async () => {
  for (const key of deriveKeys(Array.from({ length: 20 }, (_, index) => `${now} ${index}`))
    .signing) {
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'ES256' })
      .sign(await importJWK({ ...key }));
    const { d: _, ...publicKey } = key;
    await expect(jwtVerify(token, await importJWK(publicKey))).resolves.toBeDefined();
    expect(key.kid).toBe(await calculateJwkThumbprint({ ...key }));
  }
});

it('needs a secret', () => {
  expect(() => deriveKeys([])).toThrow('no secret');
});
