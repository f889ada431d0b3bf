/** The challenge of a 401. */
import { endpointFindings } from '../doctor/endpoint.js';
import { type Case, type Group, judge, skip } from './case.js';
import { missing, noToken, type PublishedRow, toPublished, wellKnown } from './published.js';
import { errorHandling, metadataDiscovery, refreshTokens, rfc, scopeStrategy } from './rules.js';

/** Of the endpoint, everything that is not a 401. */
const notRefused = Object.entries(endpointFindings)
  .filter(([id, { level }]) => level !== 'ok' && id !== 'endpoint-not-https')
  .map(([id]) => id);
const challenge: readonly PublishedRow[] = [
  {
    id: 'challenge-status',
    title: 'A request without a token is refused by 401',
    level: 'MUST',
    rule: errorHandling,
    lostBy: notRefused,
    request: noToken,
  },
  {
    id: 'challenge-bearer',
    title: 'The 401 has a challenge of the scheme Bearer',
    level: 'MUST',
    rule: rfc(6750, '3'),
    after: 'endpoint',
    lostBy: ['challenge-missing', 'challenge-scheme'],
    request: noToken,
  },
  {
    id: 'challenge-syntax',
    title: 'The challenge follows the grammar',
    level: 'MUST',
    rule: rfc(9110, '11.6.1'),
    after: 'challenge',
    lostBy: ['challenge-syntax', 'challenge-unquoted'],
    request: noToken,
  },
  {
    id: 'challenge-no-error',
    title: 'The challenge reports no error where no token was sent',
    level: 'SHOULD',
    rule: rfc(6750, '3.1'),
    after: 'challenge',
    lostBy: ['challenge-error'],
    request: noToken,
  },
  {
    id: 'challenge-metadata',
    title: 'The challenge names the metadata',
    level: 'ADVICE',
    rule: metadataDiscovery,
    after: 'challenge',
    lostBy: ['challenge-no-metadata'],
    hiddenBy: ['challenge-syntax', 'challenge-unquoted'],
    request: noToken,
  },
  {
    id: 'challenge-metadata-address',
    title: 'The metadata is at the address that the challenge names',
    level: 'MUST',
    rule: rfc(9728, '5.1'),
    after: 'challenge',
    lostBy: ['challenge-metadata-url', 'metadata-challenge-address'],
    hiddenBy: ['challenge-syntax', 'challenge-unquoted', 'challenge-no-metadata'],
    request: wellKnown,
  },
  {
    id: 'challenge-scope-syntax',
    title: 'Scopes in the challenge are separated by spaces',
    level: 'MUST',
    rule: rfc(6750, '3'),
    after: 'challenge',
    lostBy: ['challenge-scope-syntax'],
    request: noToken,
  },
  {
    id: 'challenge-offline-access',
    title: 'The challenge does not ask for offline_access',
    level: 'SHOULD',
    rule: refreshTokens,
    after: 'challenge',
    lostBy: ['challenge-offline-access'],
    request: noToken,
  },
];

const challengeScope: Case = {
  id: 'challenge-scope',
  title: 'The challenge says which scopes to request',
  level: 'SHOULD',
  rule: scopeStrategy,
  needs: [],
  run: ({ looks }) => {
    if (!looks.reached.has('challenge')) return skip(missing.challenge);
    const malformed = looks.findings.find(({ id }) => id === 'challenge-scope-syntax');
    if (malformed !== undefined) return skip(`${malformed.title}.`);
    const seen = looks.challenged === undefined ? 'no scope' : looks.challenged.join(' ');
    const expected = 'a parameter scope';
    return judge(looks.challenged !== undefined, { request: noToken, expected, seen });
  },
};

export const challengeGroup: Group = {
  id: 'challenge',
  title: 'The challenge',
  cases: [...challenge.map(toPublished), challengeScope],
};
