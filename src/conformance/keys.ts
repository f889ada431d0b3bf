/** The keys of the pack's provider, made anew for each run, and forgotten with it. */
import { generateKeyPair, type KeyObject, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';

const generate = promisify(generateKeyPair);

export interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** As a key set publishes it (RFC 7517). */
  readonly jwk: Readonly<Record<string, unknown>>;
}

export interface Keys {
  /** What good tokens are signed with; RS256, as every verifier knows it. */
  readonly main: SigningKey;
  /** Published without `alg`, as some providers do. */
  readonly plain: SigningKey;
  /** ES256. */
  readonly curve: SigningKey;
  /** Published later. */
  readonly next: SigningKey;
  /** Never published. */
  readonly foreign: SigningKey;
}

export async function createKeys(): Promise<Keys> {
  const [main, plain, curve, next, foreign] = await Promise.all([
    createKey('main', 'RS256'),
    createKey('plain'),
    createKey('curve', 'ES256'),
    createKey('next', 'RS256'),
    createKey('foreign', 'RS256'),
  ]);
  return { main, plain, curve, next, foreign };
}

async function createKey(name: string, alg?: 'RS256' | 'ES256'): Promise<SigningKey> {
  // Other runs had other keys, and servers that are still running may remember those.
  const kid = `${name}-${randomBytes(4).toString('hex')}`;
  const pair =
    alg === 'ES256'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: 2048 });
  const jwk = { ...pair.publicKey.export({ format: 'jwk' }), kid, use: 'sig', ...(alg && { alg }) };
  return { ...pair, kid, jwk };
}

/** Keys that a verifier does not understand, or must not use for signatures: it ignores them. */
export const oddKeys: readonly object[] = [
  { kty: 'quantum', kid: 'odd-type', use: 'sig', x: 'AAAA' },
  {
    kty: 'OKP',
    crv: 'X25519',
    kid: 'odd-curve',
    use: 'enc',
    x: 'hSDwCYkwp1R0i33ctD73Wg2_Og0mOBr066SpjqqbTmo',
  },
  { kty: 'RSA', kid: 'odd-members', use: 'sig', alg: 'RS256' },
];
