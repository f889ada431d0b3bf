/** Tokens that a server must accept, and the one that everything else depends on. */
import { type Case, judge, judgeAll, type Level } from './case.js';
import { describeAnswer, isServed } from './exchange.js';
import { signers } from './jws.js';
import { type Rule, rfc, tokenHandling } from './rules.js';
import { type Variant, without } from './token.js';

const expected = 'the request is served';

/** Fails for whoever refuses everything: without it refusals mean nothing. */
export const goodToken: Case = {
  id: 'token-good',
  title: 'A good token is accepted',
  level: 'MUST',
  rule: tokenHandling,
  needs: [],
  async run({ sendToken }) {
    const exchange = await sendToken('good');
    const seen = describeAnswer(exchange);
    return judge(isServed(exchange), { request: exchange.what, expected, seen });
  },
};

interface Row {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly rule: Rule;
  readonly jwt?: true;
  readonly scopes?: true;
  readonly variants: readonly Variant[];
}

const rows: readonly Row[] = [
  {
    id: 'token-audience-array',
    title: 'A token for several audiences is accepted by each of them',
    level: 'MUST',
    rule: rfc(7519, '4.1.3'),
    variants: [
      {
        what: 'for this server alone, in an array',
        claims: (good) => ({ ...good, aud: [good.aud] }),
      },
      {
        what: 'for another server and this one',
        claims: (good) => ({ ...good, aud: ['https://elsewhere.invalid', good.aud] }),
      },
    ],
  },
  {
    id: 'token-type-full',
    title: 'The full spelling of the type is accepted',
    level: 'SHOULD',
    rule: rfc(9068, '4'),
    jwt: true,
    variants: [
      {
        what: 'of the type application/at+jwt',
        header: (good) => ({ ...good, typ: 'application/at+jwt' }),
      },
    ],
  },
  {
    id: 'token-key-without-alg',
    title: 'A key that is published without alg is used',
    level: 'SHOULD',
    rule: rfc(7517, '4.4'),
    jwt: true,
    variants: [
      {
        what: 'of a key without alg',
        header: (good, { provider }) => ({ ...good, kid: provider.keys.plain.kid }),
        signer: ({ provider }) => signers.rs256(provider.keys.plain.privateKey),
      },
    ],
  },
  {
    id: 'token-clock',
    title: 'A clock that is a few seconds ahead does no harm',
    level: 'ADVICE',
    rule: rfc(7519, '4.1.5'),
    jwt: true,
    variants: [
      {
        what: 'that is valid in five seconds',
        claims: (good, { now }) => ({ ...good, iat: now + 5, nbf: now + 5 }),
      },
    ],
  },
  {
    id: 'scope-others',
    title: 'Scopes that the server does not know do no harm',
    level: 'MUST',
    rule: rfc(6749, '3.3'),
    variants: [
      {
        what: 'with more scopes than needed',
        claims: (good) => ({ ...good, scope: `other:read ${good.scope} other:write` }),
      },
    ],
  },
  {
    id: 'scope-array',
    title: 'Scopes are found where providers put them: scp, or an array',
    level: 'ADVICE',
    rule: rfc(9068, '2.2.3'),
    jwt: true,
    scopes: true,
    variants: [
      {
        what: 'with its scopes in an array scp',
        claims: (good, { scopes }) => ({ ...without(good, 'scope'), scp: scopes }),
      },
      {
        what: 'with its scopes in a text scp',
        claims: (good) => ({ ...without(good, 'scope'), scp: good.scope }),
      },
      {
        what: 'with its scopes in an array scope',
        claims: (good, { scopes }) => ({ ...good, scope: scopes }),
      },
    ],
  },
];

export const acceptedTokens: readonly Case[] = rows.map(({ jwt, scopes, variants, ...row }) => ({
  ...row,
  needs: ['accepted', ...(jwt ? (['jwt'] as const) : []), ...(scopes ? (['scopes'] as const) : [])],
  async run({ sendToken }) {
    const exchanges = [];
    for (const variant of variants) exchanges.push(await sendToken('good', variant));
    return judgeAll(exchanges, isServed, expected, describeAnswer);
  },
}));
