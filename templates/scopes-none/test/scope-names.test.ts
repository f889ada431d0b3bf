import { expect, it } from 'vitest';
import { advertised, enforced } from '../src/auth/scope-names.js';

it('tells clients what to request, and insists on nothing that tokens do not show', () => {
  const wanted = ['openid', 'offline_access', 'custom'];
  expect(advertised(wanted, [])).toEqual(['openid', 'custom']);
  expect(enforced(wanted, [])).toEqual([]);
});
