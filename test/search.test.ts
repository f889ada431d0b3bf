import { expect, it } from 'vitest';
import { providers } from '../src/providers/index.js';
import { searchProviders } from '../src/providers/search.js';

it.each([
  ['entra', ['entra']],
  ['Azure', ['entra']],
  ['AUTHK', ['workos']],
  // Words that only summaries have.
  ['azure ad', ['entra']],
  ['kecloak', ['keycloak']],
  ['gogle', ['google']],
  ['Cogn1to', ['cognito']],
  ['nobody', []],
])('%j means %j', (typed, ids) => {
  expect(searchProviders(typed).map(({ id }) => id)).toEqual(ids);
});

it.each(['', ' '])('%j leaves the choice', (typed) => {
  expect(searchProviders(typed)).toEqual(providers);
});
