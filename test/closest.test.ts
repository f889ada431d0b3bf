import { expect, it } from 'vitest';
import { closest } from '../src/closest.js';

const words = ['auth0', 'authentik', 'entra', 'keycloak', 'okta', 'google', 'github', 'sap'];

it.each([
  ['auth', ['auth0', 'authentik']],
  ['Auth0', ['auth0', 'authentik']],
  ['0auth', ['auth0']],
  ['gogle', ['google']],
  ['kecloak', ['keycloak']],
  ['keycloak-26', ['keycloak']],
  ['gi', []],
  ['spa', ['sap']],
  ['acme', []],
  ['', []],
])('%j may be %j', (given, meant) => {
  expect(closest(given, words)).toEqual(meant);
});

it('names three at most, the nearest first', () => {
  expect(closest('abcd', ['abcdefg', 'abcde', 'abcdefgh', 'abcd1x'])).toEqual([
    'abcde',
    'abcd1x',
    'abcdefg',
  ]);
});
