// All keys of the server, derived from AUTH_SECRET: every instance has the same ones, and there is
// nothing to store, to distribute or to lose.
import { createECDH, hash, hkdfSync } from 'node:crypto';

export interface Keys {
  /** Sign access and ID tokens. Private JWKs, the newest first. */
  signing: SigningKey[];
  /** Sign cookies. */
  cookies: string[];
  /** Seal what is stored (AES-256). */
  sealing: Buffer[];
  /** Sign the tokens in forms. */
  csrf: Buffer[];
}

/** A private key for ES256 as a JWK (RFC 7517, RFC 7518 §6.2). */
export interface SigningKey {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
  d: string;
  /** The thumbprint (RFC 7638): the same on every instance. */
  kid: string;
  alg: 'ES256';
  use: 'sig';
}

/**
 * @param secrets the current one first; what older ones have signed or sealed is still accepted
 */
export function deriveKeys(secrets: readonly string[]): Keys {
  if (secrets.length === 0) throw new Error('There is no secret to derive keys from');
  return {
    signing: secrets.map((secret) => signingKey(derive(secret, 'signing', 48))),
    cookies: secrets.map((secret) => derive(secret, 'cookies').toString('base64url')),
    sealing: secrets.map((secret) => derive(secret, 'sealing')),
    csrf: secrets.map((secret) => derive(secret, 'csrf')),
  };
}

/** HKDF (RFC 5869); the purpose is its `info`, so that no key tells anything about another. */
function derive(secret: string, purpose: string, length = 32): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `mcp-server ${purpose}`, length));
}

/** The order of P-256 (FIPS 186-5, SP 800-186 §3.2.1.3). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** A key from random bits, 128 more than the order has, so that none is likelier (FIPS 186-5 §A.2.1). */
function signingKey(bits: Buffer): SigningKey {
  const d = (BigInt(`0x${bits.toString('hex')}`) % (order - 1n)) + 1n;
  const secret = Buffer.from(d.toString(16).padStart(64, '0'), 'hex');
  const curve = createECDH('prime256v1');
  curve.setPrivateKey(secret);
  // 4, then both coordinates (SEC 1 §2.3.3).
  const point = curve.getPublicKey();
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  const required = { crv: 'P-256', kty: 'EC', x, y } as const;
  const kid = hash('sha256', JSON.stringify(required), 'base64url');
  return { ...required, d: secret.toString('base64url'), kid, alg: 'ES256', use: 'sig' };
}
