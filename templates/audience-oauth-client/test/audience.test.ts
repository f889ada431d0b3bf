import { expect, it } from 'vitest';
import { checkAudience } from '../src/auth/audience.js';

it('accepts a token that was issued to an OAuth client', () => {
  expect(() => checkAudience({ client_id: 'c' }, [])).not.toThrow();
  expect(() => checkAudience({ client_id: 'c', aud: 'fixed' }, ['fixed'])).not.toThrow();
});

it('refuses the session token of a browser', () => {
  for (const client_id of [undefined, '', 7]) {
    expect(() => checkAudience({ client_id, aud: 'fixed' }, ['fixed'])).toThrow(
      'not an access token',
    );
  }
});

it('refuses another audience, where one is expected', () => {
  for (const aud of [undefined, 'other', ['other']]) {
    expect(() => checkAudience({ client_id: 'c', aud }, ['fixed'])).toThrow('another audience');
  }
});
