// What providers say about opaque tokens, and whom they tell.
import type { Row } from './odd-row.js';

const inserted = '/.well-known/oauth-authorization-server';
const openid = '/.well-known/openid-configuration';

export const answers: Row[] = [
  {
    name: 'client_secret_basic',
    metadata: { introspection_endpoint_auth_methods_supported: ['client_secret_basic'] },
    authentication: 'basic',
  },
  {
    name: 'client_secret_post',
    metadata: { introspection_endpoint_auth_methods_supported: ['client_secret_post'] },
    authentication: 'post',
  },
  {
    name: 'both',
    metadata: {
      introspection_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    },
  },
  { name: 'no word about authentication', authentication: 'basic' },
  {
    name: 'a word about the token endpoint only',
    metadata: { token_endpoint_auth_methods_supported: ['client_secret_post', 'none'] },
    authentication: 'post',
  },
  { name: 'RFC 8414 only, without keys', at: [inserted], metadata: { jwks_uri: undefined } },
  { name: 'a path, OpenID Connect appended only', path: '/t/a', at: [`/t/a${openid}`] },
  { name: 'an answer without iss', introspection: { iss: undefined } },
  { name: 'an answer without exp', introspection: { exp: undefined } },
  { name: 'exp as text', introspection: { exp: '9999999999' } },
  {
    name: 'exp as text that is over',
    introspection: { exp: '1000000000' },
    answer: [401, 'The access token has expired'],
  },
  { name: 'scp as a list', introspection: { scope: undefined, scp: ['mcp:use'] } },
  { name: 'several audiences', introspection: { aud: ['account', 'http://localhost:3000/mcp'] } },
  { name: 'a token_type', introspection: { token_type: 'Bearer' } },
  { name: 'members that nobody knows', introspection: { ext: { a: [1] }, username: null } },
  {
    name: 'no scope',
    introspection: { scope: undefined },
    answer: [403, 'The access token lacks a required scope'],
  },
  {
    name: 'no scope, and none required',
    introspection: { scope: undefined },
    settings: { OAUTH_SCOPES: 'openid' },
  },
  {
    name: 'no audience',
    introspection: { aud: undefined },
    answer: [401, 'The access token was issued for another audience'],
  },
  {
    name: 'no audience, and none asked for',
    introspection: { aud: undefined },
    settings: { OAUTH_AUDIENCE: '' },
  },
  {
    name: 'no introspection',
    metadata: { introspection_endpoint: undefined },
    says: [
      "The authorization server's metadata is not usable.",
      'without a valid introspection_endpoint',
    ],
  },
];
