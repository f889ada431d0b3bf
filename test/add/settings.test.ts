/** What a person is told to change in .env. */
import { expect, it } from 'vitest';
import { compareSettings } from '../../src/add/settings.js';

const before = '# a comment\nPORT=3000\nISSUER=https://a\nOLD=1\n';
const now = 'PORT=3000\nISSUER=https://b\nSCOPES=a b\nSECRET=\n';

it.each([
  ['as it was generated', before, ['ISSUER=https://b', 'SCOPES=a b', 'SECRET='], ['OLD']],
  ['with values of their own', 'PORT=1\nISSUER=https://b\nSECRET=x\n', ['SCOPES=a b'], []],
  ['without what stays the same', 'ISSUER=x\n', ['ISSUER=https://b', 'SCOPES=a b', 'SECRET='], []],
])('%s', (_, own, set, unused) => {
  expect(compareSettings(own, before, now)).toEqual({ set, unused });
});

it('what was generated is not known: only what is missing', () => {
  expect(compareSettings('ISSUER=mine\nOTHER=1\n', undefined, now)).toEqual({
    set: ['PORT=3000', 'SCOPES=a b', 'SECRET='],
    unused: [],
  });
});
