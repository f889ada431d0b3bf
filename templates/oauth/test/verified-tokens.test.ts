import { expect, it } from 'vitest';
import { createVerifiedTokens } from '../src/auth/verified-tokens.js';

const authInfo = (expiresAt: number) => ({ token: 'a', clientId: 'c', scopes: [], expiresAt });

it('remembers a token for a minute', () => {
  const tokens = createVerifiedTokens();
  tokens.add('a', authInfo(1_000), 100, 0);
  expect(tokens.get('a', 159, 0)).toEqual(authInfo(1_000));
  expect(tokens.get('a', 160, 0)).toBeUndefined();
});

it('remembers no token longer than it is valid', () => {
  const tokens = createVerifiedTokens();
  tokens.add('a', authInfo(110), 100, 0);
  expect(tokens.get('a', 109, 0)).toBeDefined();
  expect(tokens.get('a', 110, 0)).toBeUndefined();
  // Accepted within the tolerance for clocks, but not remembered.
  tokens.add('b', authInfo(90), 100, 0);
  expect(tokens.get('b', 100, 0)).toBeUndefined();
});

it('forgets what was verified by a clock that has been set back since', () => {
  const tokens = createVerifiedTokens();
  tokens.add('a', authInfo(10_000), 3_700, 0);
  expect(tokens.get('a', 100, 0)).toBeUndefined();
});

it('forgets what other keys have verified', () => {
  const tokens = createVerifiedTokens();
  tokens.add('a', authInfo(1_000), 100, 0);
  expect(tokens.get('a', 101, 1)).toBeUndefined();
});

it('remembers a thousand tokens, and forgets the oldest first', () => {
  const tokens = createVerifiedTokens();
  for (let index = 0; index <= 1_000; index++) {
    tokens.add(`token ${index}`, authInfo(1_000), 100, 0);
  }
  expect(tokens.get('token 0', 101, 0)).toBeUndefined();
  expect(tokens.get('token 1', 101, 0)).toBeDefined();
  expect(tokens.get('token 1000', 101, 0)).toBeDefined();
});
