// Keys and access tokens as providers write them.
import type { Row } from './odd-row.js';

const without = (jwk: object, ...names: string[]) =>
  Object.fromEntries(Object.entries(jwk).filter(([name]) => !names.includes(name)));

export const keys: Row[] = [
  ...['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA'].flatMap((alg): Row[] => [
    { name: `${alg}, among keys of every kind`, alg },
    { name: `${alg}, a key without alg`, alg, keys: (all) => [without(all[alg] ?? {}, 'alg')] },
    {
      name: `${alg}, keys without alg, use and kid`,
      alg,
      keys: (all) => Object.values(all).map((jwk) => without(jwk, 'alg', 'use', 'kid')),
      header: { kid: undefined },
    },
  ]),
  { name: 'keys without use', keys: (all) => [without(all.ES256 ?? {}, 'use')] },
  {
    name: 'a key without kid, a token with one',
    keys: (all) => [without(all.ES256 ?? {}, 'kid')],
    header: { kid: undefined },
  },
  {
    name: 'keys of two kinds with one kid',
    keys: ({ RS256, ES256 }) => [
      { ...RS256, kid: 'k' },
      { ...ES256, kid: 'k' },
    ],
    header: { kid: 'k' },
  },
  {
    name: 'a secret among the keys',
    keys: ({ ES256 }) => [{ kty: 'oct', k: 'c2VjcmV0', kid: 'ES256' }, ES256],
  },
  {
    name: 'keys that nobody knows',
    keys: ({ ES256 }) => [{ kty: 'AKP', alg: 'ML-DSA-44', pub: 'AA' }, null, 7, ES256],
  },
  {
    name: 'a key with members of its own',
    keys: ({ ES256 }) => [{ ...ES256, key_ops: ['verify'], x5t: 'x', iat: 1 }],
  },
  {
    name: 'a key for encryption as well',
    keys: ({ RS256, ES256 }) => [{ ...RS256, use: 'enc', alg: 'RSA-OAEP' }, ES256],
  },
];

export const tokens: Row[] = [
  { name: 'typ JWT', header: { typ: 'JWT' } },
  { name: 'no typ', header: { typ: undefined } },
  { name: 'the whole media type', header: { typ: 'application/at+jwt' } },
  { name: 'scp as a list', claims: { scope: undefined, scp: ['mcp:use'] } },
  { name: 'scp as a string', claims: { scope: undefined, scp: 'mcp:use' } },
  { name: 'scope as a list', claims: { scope: ['mcp:use'] } },
  { name: 'an empty scope beside scp', claims: { scope: '', scp: ['mcp:use'] } },
  { name: 'no client', claims: { client_id: undefined } },
  { name: 'the client in azp', claims: { client_id: undefined, azp: 'a-client' } },
  { name: 'no subject', claims: { sub: undefined } },
  { name: 'a fraction of a second', claims: { exp: 9_999_999_999.5 } },
  {
    name: 'no scope',
    claims: { scope: undefined },
    answer: [403, 'The access token lacks a required scope'],
  },
  {
    name: 'no scope, and none required',
    claims: { scope: undefined },
    settings: { OAUTH_SCOPES: 'openid' },
  },
  {
    name: 'an expiry that is text',
    claims: { exp: '9999999999' },
    answer: [401, 'The access token is not a well-formed JWT'],
  },
  {
    name: 'an issuer with another slash',
    claims: { iss: 'http://localhost/' },
    answer: [401, 'The access token comes from another issuer'],
  },
  {
    name: 'no audience',
    claims: { aud: undefined },
    answer: [401, 'The access token was issued for another audience'],
  },
  {
    name: 'no audience, and none asked for',
    claims: { aud: undefined },
    settings: { OAUTH_AUDIENCE: '' },
  },
  {
    name: 'an audience of its own',
    claims: { aud: 'api://mcp' },
    settings: { OAUTH_AUDIENCE: 'api://mcp' },
  },
  { name: 'several audiences', claims: { aud: ['account', 'http://localhost:3000/mcp'] } },
  { name: 'an audience with a slash', claims: { aud: 'http://localhost:3000/mcp/' } },
];
