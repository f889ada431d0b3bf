/** Clients in browsers, and redirects. */
import type { Group } from './case.js';
import { noToken, type PublishedRow, toPublished, wellKnown } from './published.js';
import { cors, rfc } from './rules.js';

const preflight = 'OPTIONS, as a browser sends it before a POST';
const browsers: readonly PublishedRow[] = [
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

export const browsersGroup: Group = {
  id: 'browsers',
  title: 'Clients in browsers, and redirects',
  cases: browsers.map(toPublished),
};
