import { expect, it } from 'vitest';
import { checkAudience } from '../src/auth/audience.js';

const client = '1example23456789';

it('accepts an access token of our app client, which has no aud', () => {
  expect(() => checkAudience({ token_use: 'access', client_id: client }, [client])).not.toThrow();
});

it('refuses the token of another app client', () => {
  for (const client_id of ['other', undefined, [client]]) {
    expect(() => checkAudience({ token_use: 'access', client_id }, [client])).toThrow(
      'issued for another audience',
    );
  }
});

it('refuses an ID token, although it names our client', () => {
  for (const claims of [
    { token_use: 'id', aud: client },
    { aud: client, client_id: client },
  ]) {
    expect(() => checkAudience(claims, [client])).toThrow('not an access token');
  }
});
