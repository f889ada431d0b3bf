/** The protected resource metadata (RFC 9728). */
import { resourceFindings } from '../doctor/resource.js';
import { wellKnownAddresses } from '../doctor/resource-metadata.js';
import { spell } from '../doctor/text.js';
import { type Case, type Group, judge, skip } from './case.js';
import { describeAnswer, statusOf } from './exchange.js';
import { missing, noToken, type PublishedRow, toPublished, wellKnown } from './published.js';
import { metadataDiscovery, refreshTokens, rfc } from './rules.js';

const wrongResource = Object.entries(resourceFindings)
  .filter(([, { level }]) => level !== 'ok')
  .map(([id]) => id);

const metadata: readonly PublishedRow[] = [
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

export const metadataGroup: Group = {
  id: 'metadata',
  title: 'The protected resource metadata',
  cases: [...metadata.map(toPublished), metadataServers, metadataScopes, metadataRoot],
};
