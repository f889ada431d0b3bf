/** What a server shows to everybody: the challenge and the protected resource metadata. */
import { endpointFindings } from '../doctor/endpoint.js';
import { resourceFindings } from '../doctor/resource.js';
import { wellKnownAddresses } from '../doctor/resource-metadata.js';
import { spell } from '../doctor/text.js';
import { type Case, type Group, judge, type Level, skip } from './case.js';
import { describeAnswer, statusOf } from './exchange.js';
import type { Step } from './looks.js';
import { cors, errorHandling, mcp, metadataDiscovery, type Rule, rfc } from './rules.js';

/** A case that is lost by findings of the doctor. */
interface Row {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly rule: Rule;
  /** What has to be there, or nothing can be said. */
  readonly after?: Step;
  readonly lostBy: readonly string[];
  /** Findings that hide those. */
  readonly hiddenBy?: readonly string[];
  readonly request: string;
}

const noToken = 'initialize without a token';
const wellKnown = 'GET of the protected resource metadata';
const preflight = 'OPTIONS, as a browser sends it before a POST';
const scopeStrategy = mcp('authorization', 'scope-selection-strategy', 'Scope Selection Strategy');
const refreshTokens = mcp('authorization', 'refresh-tokens', 'Refresh Tokens');

/** Of the endpoint, everything that is not a 401. */
const notRefused = Object.entries(endpointFindings)
  .filter(([id, { level }]) => level !== 'ok' && id !== 'endpoint-not-https')
  .map(([id]) => id);
const wrongResource = Object.entries(resourceFindings)
  .filter(([, { level }]) => level !== 'ok')
  .map(([id]) => id);

const challenge: readonly Row[] = [
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

const metadata: readonly Row[] = [
  {
    id: 'metadata-found',
    title: 'There is protected resource metadata, for everybody',
    level: 'MUST',
    rule: metadataDiscovery,
    lostBy: ['metadata-missing', 'metadata-login', 'metadata-not-json', 'metadata-failing'],
    request: wellKnown,
  },
  {
    id: 'metadata-inserted',
    title: 'It is at the well-known address with the path of the endpoint',
    level: 'SHOULD',
    rule: rfc(9728, '3.1'),
    after: 'metadata',
    lostBy: ['metadata-not-inserted'],
    request: wellKnown,
  },
  {
    id: 'metadata-type',
    title: 'It is sent as application/json',
    level: 'MUST',
    rule: rfc(9728, '3.2'),
    after: 'metadata',
    lostBy: ['metadata-type'],
    request: wellKnown,
  },
  {
    id: 'metadata-redirect',
    title: 'It is not behind a redirect',
    level: 'ADVICE',
    rule: rfc(9728, '3.1'),
    after: 'metadata',
    lostBy: ['metadata-redirect'],
    request: wellKnown,
  },
  {
    id: 'metadata-resource',
    title: 'Its resource is the address of the server',
    level: 'MUST',
    rule: rfc(9728, '3.3'),
    after: 'metadata',
    lostBy: wrongResource,
    request: wellKnown,
  },
  {
    id: 'metadata-same',
    title: 'It says the same at all its addresses',
    level: 'SHOULD',
    rule: rfc(9728, '3.3'),
    after: 'metadata',
    lostBy: ['metadata-differs'],
    request: wellKnown,
  },
  {
    id: 'metadata-origin',
    title: 'The challenge names metadata on the origin of the server',
    level: 'SHOULD',
    rule: rfc(9728, '7.3'),
    after: 'metadata',
    lostBy: ['metadata-foreign-address'],
    hiddenBy: ['challenge-no-metadata'],
    request: noToken,
  },
  {
    id: 'metadata-names',
    title: 'It does not repeat the Host or X-Forwarded-Host of the request',
    level: 'ADVICE',
    rule: rfc(9728, '7.3'),
    after: 'metadata',
    lostBy: ['metadata-from-host'],
    request: `${wellKnown} with a foreign Host, and with a foreign X-Forwarded-Host`,
  },
  {
    id: 'metadata-scopes-syntax',
    title: 'scopes_supported is an array of scopes',
    level: 'MUST',
    rule: rfc(9728, '2'),
    after: 'metadata',
    lostBy: ['scopes-malformed'],
    request: wellKnown,
  },
  {
    id: 'metadata-offline-access',
    title: 'scopes_supported does not list offline_access',
    level: 'SHOULD',
    rule: refreshTokens,
    after: 'metadata',
    lostBy: ['scopes-offline-access'],
    request: wellKnown,
  },
];

const browsers: readonly Row[] = [
  {
    id: 'cors-preflight',
    title: 'A preflight needs no token',
    level: 'ADVICE',
    rule: cors,
    after: 'endpoint',
    lostBy: ['cors-preflight'],
    request: preflight,
  },
  {
    id: 'cors-headers',
    title: 'Browsers may send the headers that clients need',
    level: 'ADVICE',
    rule: cors,
    after: 'endpoint',
    lostBy: ['cors-headers'],
    hiddenBy: ['cors-preflight'],
    request: preflight,
  },
  {
    id: 'cors-expose',
    title: 'Clients in browsers can read the challenge',
    level: 'ADVICE',
    rule: cors,
    after: 'endpoint',
    lostBy: ['cors-expose'],
    hiddenBy: ['cors-preflight'],
    request: `${noToken}, with the Origin of a client in a browser`,
  },
  {
    id: 'cors-metadata',
    title: 'Clients in browsers can read the metadata',
    level: 'ADVICE',
    rule: cors,
    after: 'metadata',
    lostBy: ['cors-metadata'],
    hiddenBy: ['cors-preflight'],
    request: wellKnown,
  },
  {
    id: 'slash-redirect',
    title: 'The address does not redirect when a slash is added or taken away',
    level: 'ADVICE',
    rule: rfc(9110, '15.4'),
    after: 'endpoint',
    lostBy: ['slash-redirect'],
    request: 'initialize, the address with a slash at its end, or without',
  },
];

const missing: Readonly<Record<Step, string>> = {
  endpoint: 'A request without a token is not refused by 401.',
  challenge: 'There is no Bearer challenge.',
  metadata: 'No metadata was found.',
};

function toCase({ after, lostBy, hiddenBy = [], request, ...row }: Row): Case {
  return {
    ...row,
    needs: [],
    run({ looks }) {
      if (after !== undefined && !looks.reached.has(after)) return skip(missing[after]);
      const hidden = looks.findings.find(({ id }) => hiddenBy.includes(id));
      if (hidden !== undefined) return skip(`${hidden.title}.`);
      const found = looks.findings.find(({ id }) => lostBy.includes(id));
      const good = found === undefined;
      const seen = good
        ? 'so it is'
        : [found.title, ...Object.entries(found.seen).map((pair) => pair.join(' '))].join('; ');
      return judge(good, { request, expected: row.title, seen });
    },
  };
}

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

const metadataServers: Case = {
  id: 'metadata-issuer',
  title: 'authorization_servers names the issuer, letter for letter',
  level: 'MUST',
  rule: rfc(9728, '2'),
  needs: [],
  run: ({ looks, provider }) => {
    if (looks.metadata === undefined) return skip(missing.metadata);
    const { authorization_servers: servers } = looks.metadata.document;
    const good = Array.isArray(servers) && servers.includes(provider.issuer);
    const expected = `an array with ${spell(provider.issuer)}`;
    return judge(good, { request: wellKnown, expected, seen: spell(servers) });
  },
};

const metadataScopes: Case = {
  id: 'metadata-scopes',
  title: 'It lists the scopes that clients may request',
  level: 'SHOULD',
  rule: rfc(9728, '2'),
  needs: [],
  run: ({ looks }) => {
    if (looks.metadata === undefined) return skip(missing.metadata);
    const { scopes_supported: scopes } = looks.metadata.document;
    const good = scopes !== undefined;
    return judge(good, { request: wellKnown, expected: 'scopes_supported', seen: spell(scopes) });
  },
};

const metadataRoot: Case = {
  id: 'metadata-root',
  title: 'It is at the well-known address of the root as well, where some clients look only',
  level: 'ADVICE',
  rule: metadataDiscovery,
  needs: [],
  run: async ({ url, ask, looks }) => {
    if (looks.metadata === undefined) return skip(missing.metadata);
    const { root } = wellKnownAddresses(url);
    const exchange = await ask(`GET ${root}`, 'other', { url: root });
    const request = exchange.what;
    const seen = describeAnswer(exchange);
    return judge(statusOf(exchange) === 200, { request, expected: 'status 200', seen });
  },
};

export const challengeGroup: Group = {
  id: 'challenge',
  title: 'The challenge',
  cases: [...challenge.map(toCase), challengeScope],
};

export const metadataGroup: Group = {
  id: 'metadata',
  title: 'The protected resource metadata',
  cases: [...metadata.map(toCase), metadataServers, metadataScopes, metadataRoot],
};

export const browsersGroup: Group = {
  id: 'browsers',
  title: 'Clients in browsers, and redirects',
  cases: browsers.map(toCase),
};
