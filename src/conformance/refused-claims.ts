/** Tokens that a server must not accept because of what they say. */
import { type RefusedRow, toRefusal } from './refused.js';
import { rfc, tokenHandling } from './rules.js';
import { type Claims, type Recipe, type Variant, without } from './token.js';

/** With other claims, or fewer. */
const claim = (what: string, change: (good: Claims, recipe: Recipe) => Claims): Variant => ({
  what,
  claims: change,
});
const minute = 60;
const foreign = 'https://elsewhere.invalid';

const claims: readonly RefusedRow[] = [
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

export const refusedClaims = claims.map(toRefusal);
