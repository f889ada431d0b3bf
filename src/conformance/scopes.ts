/** What tokens grant: enough, or not. */
import { parseChallenges } from '../doctor/challenge-syntax.js';
import { acceptedTokens } from './accepted-tokens.js';
import { type Case, type Group, judge, judgeAll, skip } from './case.js';
import { describeAnswer, type Exchange, headerOf, isServed, statusOf } from './exchange.js';
import { errorHandling, mcp, rfc, tokenHandling } from './rules.js';
import { type Variant, without } from './token.js';

const noScopes: Variant = {
  what: 'without scopes',
  claims: (good) => without(good, 'scope'),
};

/** Each resembles the scopes that are needed, and is another one. */
const similar: readonly Variant[] = [
  {
    what: 'whose scopes only begin like the right ones',
    claims: (good) => ({ ...good, scope: rename(good.scope, (scope) => `${scope}-less`) }),
  },
  {
    what: 'whose scopes only end like the right ones',
    claims: (good) => ({ ...good, scope: rename(good.scope, (scope) => `no-${scope}`) }),
  },
  {
    what: 'whose scopes are in other letters',
    claims: (good) => ({ ...good, scope: String(good.scope).toUpperCase() }),
  },
];

function rename(scope: unknown, change: (scope: string) => string): string {
  return String(scope).split(' ').map(change).join(' ');
}

const needs = ['accepted', 'scopes'] as const;
const runtimeErrors = mcp(
  'authorization',
  'runtime-insufficient-scope-errors',
  'Runtime Insufficient Scope Errors',
);

/** Has its own exchange, so that each case can be run alone. */
const sendFewScopes = (send: (credentials: 'few-scopes', variant: Variant) => Promise<Exchange>) =>
  send('few-scopes', noScopes);

const cases: readonly Case[] = [
  {
    id: 'scope-enforced',
    title: 'A token without the scopes that the server asks for is refused',
    level: 'MUST',
    rule: mcp(
      'security',
      'access-token-privilege-restriction',
      'Access Token Privilege Restriction',
    ),
    needs,
    async run({ sendToken }) {
      const exchange = await sendFewScopes(sendToken);
      const seen = describeAnswer(exchange);
      const good = !isServed(exchange);
      return judge(good, { request: exchange.what, expected: 'a refusal', seen });
    },
  },
  {
    id: 'scope-similar',
    title: 'Scopes are compared as a whole, and letter for letter',
    level: 'MUST',
    rule: rfc(6749, '3.3'),
    needs,
    async run({ sendToken }) {
      const exchanges = [];
      for (const variant of similar) exchanges.push(await sendToken('few-scopes', variant));
      return judgeAll(exchanges, (each) => !isServed(each), 'a refusal', describeAnswer);
    },
  },
  {
    id: 'scope-status',
    title: 'Missing scopes are refused by 403',
    level: 'MUST',
    rule: errorHandling,
    needs,
    async run({ sendToken }) {
      const exchange = await sendFewScopes(sendToken);
      if (isServed(exchange)) return skip('Scopes are not enforced.');
      const seen = describeAnswer(exchange);
      const expected = 'status 403';
      return judge(statusOf(exchange) === 403, { request: exchange.what, expected, seen });
    },
  },
  {
    id: 'scope-challenge',
    title: 'The 403 says insufficient_scope, and where to get which scopes',
    level: 'SHOULD',
    rule: runtimeErrors,
    needs,
    async run({ sendToken, required }) {
      const exchange = await sendFewScopes(sendToken);
      if (statusOf(exchange) !== 403) {
        return skip('Missing scopes are not refused by 403.');
      }
      const { challenges } = parseChallenges(headerOf(exchange, 'www-authenticate') ?? '');
      const parameters = challenges.find(({ scheme }) => /^bearer$/i.test(scheme))?.parameters;
      const told = parameters?.get('scope')?.split(' ') ?? [];
      const good =
        parameters?.get('error') === 'insufficient_scope' &&
        parameters.has('resource_metadata') &&
        required.every((scope) => told.includes(scope));
      const expected = `error="insufficient_scope", scope with ${required.join(' ')}, resource_metadata`;
      return judge(good, { request: exchange.what, expected, seen: describeAnswer(exchange) });
    },
  },
  {
    id: 'scope-expired',
    title: 'A token that is expired, and lacks scopes besides, is refused by 401',
    level: 'MUST',
    rule: tokenHandling,
    needs,
    async run({ sendToken }) {
      const expired = await sendToken('other', {
        what: 'that expired ten minutes ago',
        claims: (good, { now }) => ({ ...without(good, 'nbf'), exp: now - 600 }),
      });
      if (isServed(expired)) return skip('Expired tokens are accepted.');
      const exchange = await sendToken('other', {
        what: 'that expired ten minutes ago, without scopes',
        claims: (good, { now }) => ({ ...without(good, 'scope', 'nbf'), exp: now - 600 }),
      });
      const seen = describeAnswer(exchange);
      const expected = 'status 401';
      return judge(statusOf(exchange) === 401, { request: exchange.what, expected, seen });
    },
  },
];

const isAboutScopes = ({ id }: Case) => id.startsWith('scope-');

export const scopesGroup: Group = {
  id: 'scopes',
  title: 'Scopes',
  cases: [...cases, ...acceptedTokens.filter(isAboutScopes)],
};
export const acceptedGroupCases = acceptedTokens.filter((each) => !isAboutScopes(each));
