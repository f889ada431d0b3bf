// Where providers have their metadata, how they write their issuer, and what else is found there.
import type { Row } from './odd-row.js';

const inserted = '/.well-known/oauth-authorization-server';
const openid = '/.well-known/openid-configuration';
const html = { headers: { 'content-type': 'text/html' }, body: '<h1>Welcome</h1>' };
const slashed = (issuer: string) => `${issuer}/`;
const unslashed = (issuer: string) => issuer.replace(/\/$/, '');

export const discovery: Row[] = [
  { name: 'RFC 8414 only', at: [inserted] },
  { name: 'OpenID Connect only', at: [openid] },
  { name: 'a path, RFC 8414 only', path: '/t/a', at: [`${inserted}/t/a`] },
  { name: 'a path, OpenID Connect inserted only', path: '/t/a', at: [`${openid}/t/a`] },
  { name: 'a path, OpenID Connect appended only', path: '/t/a', at: [`/t/a${openid}`] },
  { name: 'a slash at the end', path: '/' },
  { name: 'a slash at the end that is not configured', path: '/', configured: unslashed },
  { name: 'no slash at the end, but one configured', configured: slashed },
  { name: 'a path with a slash', path: '/t/' },
  { name: 'a path with a slash that is not configured', path: '/t/', configured: unslashed },
  { name: 'a path without a slash, but one configured', path: '/t', configured: slashed },
  {
    name: 'RFC 8414 without anything of OpenID Connect',
    at: [inserted],
    metadata: { token_endpoint: undefined },
  },
  {
    name: 'members that nobody knows',
    metadata: { x: null, 'urn:odd': [{}], mtls_endpoint_aliases: {} },
  },
  {
    name: 'null for what is not there',
    metadata: { registration_endpoint: null, introspection_endpoint: null },
  },
  { name: 'another media type', page: { headers: { 'content-type': 'text/plain' } } },
  {
    name: 'a byte order mark',
    page: { before: '\uFEFF' },
  },
  {
    name: 'metadata that may be cached',
    page: { headers: { 'cache-control': 'max-age=3600', etag: '"1"' } },
  },
  { name: 'metadata that come slowly, in pieces', page: { slowly: 700 } },
  { name: 'a web page where others have metadata', pages: { [inserted]: html } },
  { name: 'a login where others have metadata', pages: { [inserted]: { status: 401 } } },
  {
    name: 'a redirect where others have metadata',
    pages: { [inserted]: { status: 302, headers: { location: '/login' } } },
  },
  {
    name: 'metadata behind a redirect only',
    pages: { [openid]: { status: 301, headers: { location: '/metadata.json' } } },
    says: [
      "The authorization server's metadata is not usable.",
      'redirects to /metadata.json, and redirects are not followed',
    ],
  },
  {
    name: 'RFC 8414 metadata appended, where no client looks',
    path: '/t',
    at: ['/t/.well-known/oauth-authorization-server'],
  },
  {
    name: 'metadata nowhere',
    path: '/t',
    at: [],
    says: [
      'The issuer publishes no authorization server metadata.',
      `${inserted}/t answered with status 404`,
      `/t/.well-known/oauth-authorization-server answered with status 404`,
    ],
  },
  {
    name: 'metadata of a host in other letters',
    metadata: { issuer: 'http://LOCALHOST' },
    says: ['The metadata belongs to another issuer.', 'belongs to the issuer http://LOCALHOST.'],
  },
  {
    name: 'no keys at all',
    metadata: { jwks_uri: undefined },
    says: ["The authorization server's metadata is not usable.", 'without a valid jwks_uri'],
  },
  {
    name: 'keys behind a redirect',
    pages: { '/jwks': { status: 302, headers: { location: '/keys' } } },
    says: ['The JWKS holds no key that can verify a token.', '/jwks redirects to /keys'],
  },
];
