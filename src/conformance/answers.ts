/** What all answers of the run have to be like. These cases come last, and ask nothing. */
import { parseChallenges } from '../doctor/challenge-syntax.js';
import { type Case, type Group, judgeAll } from './case.js';
import { describeAnswer, type Exchange, headerOf, isServed, statusOf } from './exchange.js';
import { errorHandling, type Rule, rfc } from './rules.js';

const challengeOf = (exchange: Exchange) => headerOf(exchange, 'www-authenticate');

function errorOf(exchange: Exchange): string | undefined {
  const { challenges } = parseChallenges(challengeOf(exchange) ?? '');
  return challenges.find(({ scheme }) => /^bearer$/i.test(scheme))?.parameters.get('error');
}

/** RFC 6750, section 3.1: the codes, and the status that goes with each. */
const statuses: Readonly<Record<string, number>> = {
  invalid_request: 400,
  invalid_token: 401,
  insufficient_scope: 403,
};

interface Row {
  readonly id: string;
  readonly title: string;
  readonly level: Case['level'];
  readonly rule: Rule;
  readonly expected: string;
  /** Which of the exchanges it is about. */
  readonly about: (exchange: Exchange) => boolean;
  readonly good: (exchange: Exchange) => boolean;
}

const isRefusal = (exchange: Exchange) => !isServed(exchange);
/** Where no credentials came, other cases judge the challenge. */
const isAboutCredentials = ({ credentials }: Exchange) =>
  ['bad-token', 'bad-header', 'few-scopes'].includes(credentials);

const rows: readonly Row[] = [
  {
    id: 'answer-token-status',
    title: 'Every bad token is refused by 401',
    level: 'MUST',
    rule: errorHandling,
    expected: 'status 401',
    about: (exchange) => exchange.credentials === 'bad-token' && isRefusal(exchange),
    good: (exchange) => statusOf(exchange) === 401,
  },
  {
    id: 'answer-header-status',
    title: 'Every malformed header is refused by 400 or 401',
    level: 'MUST',
    rule: errorHandling,
    expected: 'status 400 or 401',
    about: (exchange) => exchange.credentials === 'bad-header' && isRefusal(exchange),
    good: (exchange) => [400, 401].includes(statusOf(exchange)),
  },
  {
    id: 'answer-challenge',
    title: 'Every 401 has a challenge',
    level: 'MUST',
    rule: rfc(9110, '15.5.2'),
    expected: 'WWW-Authenticate: Bearer …',
    about: (exchange) => statusOf(exchange) === 401 && isAboutCredentials(exchange),
    good: (exchange) => /\bbearer\b/i.test(challengeOf(exchange) ?? ''),
  },
  {
    id: 'answer-syntax',
    title: 'Every challenge follows the grammar, whatever was wrong',
    level: 'MUST',
    rule: rfc(9110, '11.6.1'),
    expected: 'a challenge that can be read',
    about: (exchange) => challengeOf(exchange) !== undefined && isAboutCredentials(exchange),
    good: (exchange) => parseChallenges(challengeOf(exchange) ?? '').flaws.length === 0,
  },
  {
    id: 'answer-error',
    title: 'The challenge says that the token is invalid',
    level: 'SHOULD',
    rule: rfc(6750, '3'),
    expected: 'error="invalid_token"',
    about: ({ credentials, ...rest }) =>
      credentials === 'bad-token' &&
      statusOf({ credentials, ...rest }) === 401 &&
      challengeOf({ credentials, ...rest }) !== undefined,
    good: (exchange) => errorOf(exchange) !== undefined,
  },
  {
    id: 'answer-vocabulary',
    title: 'Errors are those that RFC 6750 knows, each with its status',
    level: 'MUST',
    rule: rfc(6750, '3.1'),
    expected: 'invalid_request with 400, invalid_token with 401, insufficient_scope with 403',
    about: (exchange) => errorOf(exchange) !== undefined && isAboutCredentials(exchange),
    good: (exchange) => statuses[errorOf(exchange) ?? ''] === statusOf(exchange),
  },
  {
    id: 'answer-echo',
    title: 'No answer repeats the token',
    level: 'SHOULD',
    rule: rfc(6750, '5.3'),
    expected: 'an answer without the token',
    about: ({ tokens }) => tokens.length > 0,
    good: (exchange) => !repeats(exchange),
  },
  {
    id: 'answer-cache',
    title: 'No answer to a token is public for caches',
    level: 'ADVICE',
    rule: rfc(9111, '3.5'),
    expected: 'no public and no s-maxage in Cache-Control',
    about: ({ tokens }) => tokens.length > 0,
    good: (exchange) => !/\bpublic\b|s-maxage/i.test(headerOf(exchange, 'cache-control') ?? ''),
  },
];

/** Short ones are words that any answer may have. */
const shortest = 24;

function repeats({ answer, tokens }: Exchange): boolean {
  if (answer.failed !== undefined) return false;
  const all = `${answer.text} ${[...answer.headers.values()].join(' ')}`;
  // A token without its signature is as good to look at.
  const parts = tokens.flatMap((token) => [token, token.split('.').slice(0, 2).join('.')]);
  return parts.some((part) => part.length >= shortest && all.includes(part));
}

export const answersGroup: Group = {
  id: 'answers',
  title: 'All answers',
  cases: rows.map(({ about, good, expected, ...row }) => ({
    ...row,
    needs: [],
    run: ({ exchanges }) => judgeAll(exchanges.filter(about), good, expected, describeAnswer),
  })),
};
