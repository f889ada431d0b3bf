/** Tokens that a server must not accept because of who signed them, or because they are none. */
import { encode, signers } from './jws.js';
import { type RefusedRow, toRefusal } from './refused.js';
import { errorHandling, rfc } from './rules.js';
import type { Recipe, Variant } from './token.js';

/** A token of another key, which its header describes. */
const selfMade = (what: string, header: (recipe: Recipe) => object): Variant => ({
  what,
  header: (good, recipe) => ({ ...good, ...header(recipe) }),
  signer: ({ provider }) => signers.rs256(provider.keys.foreign.privateKey),
});

const signatures: readonly RefusedRow[] = [
  {
    id: 'token-signature',
    title: 'A token whose signature does not fit is refused',
    level: 'MUST',
    rule: rfc(7515, '5.2'),
    jwt: true,
    variants: [
      {
        what: 'that names the right key and is signed by another',
        signer: ({ provider }) => signers.rs256(provider.keys.foreign.privateKey),
      },
      {
        what: 'whose claims were changed after it was signed',
        text: (written) => {
          const [header, payload = '', signature] = written.split('.');
          const changed = JSON.parse(Buffer.from(payload, 'base64url').toString());
          return `${header}.${encode({ ...changed, sub: 'somebody else' })}.${signature}`;
        },
      },
      {
        what: 'without its signature',
        text: (written) => written.slice(0, written.lastIndexOf('.') + 1),
      },
    ],
  },
  {
    id: 'token-alg-none',
    title: 'A token without a signature is refused, however it says so',
    level: 'MUST',
    rule: rfc(8725, '3.2'),
    jwt: true,
    variants: ['none', 'None', 'NONE', 'nOnE', ''].map((alg) => ({
      what: `with the algorithm ${JSON.stringify(alg)}`,
      header: (good) => ({ ...good, alg }),
      signer: () => signers.none,
    })),
  },
  {
    id: 'token-alg-confusion',
    title: 'A public key is not taken for a shared secret',
    level: 'MUST',
    rule: rfc(8725, '3.1'),
    jwt: true,
    variants: [
      secret('the PEM of', ({ publicKey }) => publicKey.export({ type: 'spki', format: 'pem' })),
      secret('the PEM of', ({ publicKey }) =>
        publicKey.export({ type: 'spki', format: 'pem' }).toString().trim(),
      ),
      secret('the PKCS #1 of', ({ publicKey }) =>
        publicKey.export({ type: 'pkcs1', format: 'pem' }),
      ),
      secret('the DER of', ({ publicKey }) => publicKey.export({ type: 'spki', format: 'der' })),
      secret('the JWK of', ({ jwk }) => JSON.stringify(jwk)),
      secret('the modulus of', ({ jwk }) => Buffer.from(String(jwk.n), 'base64url')),
      secret('nothing instead of', () => ''),
    ],
  },
  {
    id: 'token-key-unknown',
    title: 'A token that names an unknown key is refused',
    level: 'MUST',
    rule: rfc(7515, '5.2'),
    jwt: true,
    variants: [
      selfMade('of an unknown key', ({ provider }) => ({ kid: provider.keys.foreign.kid })),
    ],
  },
  {
    id: 'token-key-embedded',
    title: 'A key that comes along with a token is not trusted',
    level: 'MUST',
    rule: rfc(8725, '3.10'),
    jwt: true,
    variants: [
      selfMade('with its key in its header', ({ provider }) => {
        const { jwk, kid } = provider.keys.foreign;
        return { jwk, kid };
      }),
      selfMade('with its key in its header, and no kid', ({ provider }) => ({
        jwk: provider.keys.foreign.jwk,
        kid: undefined,
      })),
    ],
  },
  {
    id: 'token-critical',
    title: 'A token with an unknown critical header is refused',
    level: 'MUST',
    rule: rfc(7515, '4.1.11'),
    jwt: true,
    variants: [
      {
        what: 'with a critical header that nobody knows',
        header: (good) => ({ ...good, crit: ['urn:conformance'], 'urn:conformance': true }),
      },
    ],
  },
  {
    id: 'token-signature-blank',
    title: 'A blank ECDSA signature is refused',
    level: 'MUST',
    rule: rfc(8725, '3.3'),
    jwt: true,
    variants: [
      {
        what: 'with an ES256 signature of zeros',
        header: (good, { provider }) => ({ ...good, alg: 'ES256', kid: provider.keys.curve.kid }),
        signer: () => signers.constant(Buffer.alloc(64)),
      },
    ],
  },
  {
    id: 'token-malformed',
    title: 'What is no token is refused',
    level: 'MUST',
    rule: errorHandling,
    variants: malformed().map(([what, text]) => ({ what, text: () => text })),
  },
];

/** Signed with HS256, the secret being something that everybody knows. */
function secret(
  what: string,
  from: (key: Recipe['provider']['keys']['main']) => string | Buffer,
): Variant {
  return {
    what: `signed by HS256 with ${what} the public key`,
    header: (good) => ({ ...good, alg: 'HS256' }),
    signer: ({ provider }) => signers.hs256(from(provider.keys.main)),
  };
}

function malformed(): [what: string, text: string][] {
  const header = encode({ alg: 'RS256', kid: 'main', typ: 'at+jwt' });
  return [
    ['that is one word', 'opaque'],
    ['of two parts', `${header}.${encode({})}`],
    ['of five parts, as if encrypted', `${encode({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.a.b.c.d`],
    ['of empty parts', '..'],
    ['whose header is no JSON', 'YWJj.YWJj.YWJj'],
    ['whose header is null', `${encode(null)}.${encode({})}.YWJj`],
    ['whose header is an array', `${encode([])}.${encode({})}.YWJj`],
    ['whose claims are null', `${header}.${encode(null)}.YWJj`],
    ['whose claims are an array', `${header}.${encode([])}.YWJj`],
    ['whose claims are no JSON', `${header}.YWJj.YWJj`],
    ['whose kid is a number', `${encode({ alg: 'RS256', kid: 7 })}.${encode({})}.YWJj`],
    ['whose kid is an object', `${encode({ alg: 'RS256', kid: {} })}.${encode({})}.YWJj`],
    ['whose kid is a path', `${encode({ alg: 'RS256', kid: '../../etc' })}.${encode({})}.YWJj`],
    ['whose kid is __proto__', `${encode({ alg: 'RS256', kid: '__proto__' })}.${encode({})}.YWJj`],
    ['whose algorithm is a number', `${encode({ alg: 7, kid: 'main' })}.${encode({})}.YWJj`],
    ['without an algorithm', `${encode({ kid: 'main' })}.${encode({})}.YWJj`],
    ['of deep brackets', `${header}.${Buffer.from('['.repeat(3000)).toString('base64url')}.YWJj`],
  ];
}

export const refusedSignatures = signatures.map(toRefusal);
