/** Tokens that a server must not accept. */
import { type Case, judgeAll, type Level } from './case.js';
import { describeAnswer, isServed } from './exchange.js';
import { encode, signers } from './jws.js';
import { errorHandling, type Rule, rfc, tokenHandling } from './rules.js';
import { type Claims, type Recipe, type Variant, without } from './token.js';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly rule: Rule;
  /** Whether it is about what only JWTs have. */
  readonly jwt?: true;
  readonly variants: readonly Variant[];
}

/** With other claims, or fewer. */
const claim = (what: string, change: (good: Claims, recipe: Recipe) => Claims): Variant => ({
  what,
  claims: change,
});
const minute = 60;
const foreign = 'https://elsewhere.invalid';

/** A token of another key, which its header describes. */
const selfMade = (what: string, header: (recipe: Recipe) => object): Variant => ({
  what,
  header: (good, recipe) => ({ ...good, ...header(recipe) }),
  signer: ({ provider }) => signers.rs256(provider.keys.foreign.privateKey),
});

const claims: readonly Row[] = [
  {
    id: 'token-issuer',
    title: 'A token of another issuer is refused',
    level: 'MUST',
    rule: rfc(9068, '4'),
    variants: [
      claim('of another issuer', (good) => ({ ...good, iss: foreign })),
      claim('whose issuer only begins like the right one', (good) => ({
        ...good,
        iss: `${good.iss}.elsewhere.invalid`,
      })),
    ],
  },
  {
    id: 'token-issuer-missing',
    title: 'A token without an issuer is refused',
    level: 'MUST',
    rule: rfc(9068, '4'),
    jwt: true,
    variants: [claim('without an issuer', (good) => without(good, 'iss'))],
  },
  {
    id: 'token-issuer-slash',
    title: 'Issuers are compared letter for letter, the slash at the end too',
    level: 'MUST',
    rule: rfc(9068, '4'),
    variants: [
      claim('whose issuer has a slash too many', (good) => ({ ...good, iss: `${good.iss}/` })),
    ],
  },
  {
    id: 'token-audience',
    title: 'A token for another server is refused',
    level: 'MUST',
    rule: tokenHandling,
    variants: [
      claim('for another audience', (good) => ({ ...good, aud: `${foreign}/mcp` })),
      claim('for several others', (good) => ({ ...good, aud: [`${foreign}/mcp`, foreign] })),
      claim('for nobody', (good) => ({ ...good, aud: [] })),
    ],
  },
  {
    id: 'token-audience-missing',
    title: 'A token without an audience is refused',
    level: 'MUST',
    rule: tokenHandling,
    variants: [claim('without an audience', (good) => without(good, 'aud'))],
  },
  {
    id: 'token-audience-similar',
    title: 'A token for an audience that only resembles the right one is refused',
    level: 'MUST',
    rule: tokenHandling,
    variants: [
      claim('whose audience begins like the right one', (good) => ({
        ...good,
        aud: `${good.aud}.elsewhere.invalid`,
      })),
      claim('whose audience ends like the right one', (good) => ({
        ...good,
        aud: `${foreign}/?${good.aud}`,
      })),
    ],
  },
  {
    id: 'token-expired',
    title: 'An expired token is refused',
    level: 'MUST',
    rule: tokenHandling,
    variants: [
      claim('that expired ten minutes ago', (good, { now }) => ({
        ...good,
        iat: now - 70 * minute,
        nbf: now - 70 * minute,
        exp: now - 10 * minute,
      })),
    ],
  },
  {
    id: 'token-expiry-missing',
    title: 'A token that never expires is refused',
    level: 'SHOULD',
    rule: rfc(9068, '2.2'),
    jwt: true,
    variants: [claim('without an expiry', (good) => without(good, 'exp'))],
  },
  {
    id: 'token-expiry-text',
    title: 'A token whose expiry is no number is refused',
    level: 'SHOULD',
    rule: rfc(7519, '4.1.4'),
    jwt: true,
    variants: [claim('whose expiry is a text', (good) => ({ ...good, exp: 'never' }))],
  },
  {
    id: 'token-early',
    title: 'A token that is not valid yet is refused',
    level: 'MUST',
    rule: rfc(7519, '4.1.5'),
    variants: [
      claim('that is valid in ten minutes', (good, { now }) => ({
        ...good,
        nbf: now + 10 * minute,
      })),
    ],
  },
  {
    id: 'token-id-token',
    title: 'An ID token of a client is refused',
    level: 'MUST',
    rule: rfc(8725, '3.12'),
    jwt: true,
    variants: [
      {
        what: 'that is an ID token',
        header: (good) => ({ ...good, typ: 'JWT' }),
        claims: (good) => ({
          ...without(good, 'client_id', 'scope', 'jti'),
          aud: good.client_id,
          nonce: 'n-0S6_WzA2Mj',
          at_hash: '77QmUPtjPfzWtF2AnpK9RQ',
          auth_time: good.iat,
        }),
      },
    ],
  },
  {
    id: 'token-type',
    title: 'A token that is typed as something else is refused',
    level: 'SHOULD',
    rule: rfc(8725, '3.11'),
    jwt: true,
    variants: ['logout+jwt', 'dpop+jwt', 'secevent+jwt'].map((typ) => ({
      what: `of the type ${typ}`,
      header: (good) => ({ ...good, typ }),
    })),
  },
  {
    id: 'token-refresh',
    title: 'A refresh token is refused',
    level: 'ADVICE',
    rule: rfc(8725, '3.12'),
    jwt: true,
    variants: [
      {
        what: 'that calls itself a refresh token',
        header: (good) => ({ ...good, typ: 'JWT' }),
        claims: (good: Claims) => ({ ...good, typ: 'Refresh', token_use: 'refresh' }),
      },
    ],
  },
];

const signatures: readonly Row[] = [
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

function toCase({ jwt, variants, ...row }: Row): Case {
  return {
    ...row,
    needs: jwt ? ['accepted', 'jwt'] : ['accepted'],
    async run({ sendToken }) {
      const exchanges = [];
      for (const variant of variants) exchanges.push(await sendToken('bad-token', variant));
      return judgeAll(exchanges, (each) => !isServed(each), 'a refusal', describeAnswer);
    },
  };
}

export const refusedClaims = claims.map(toCase);
export const refusedSignatures = signatures.map(toCase);
