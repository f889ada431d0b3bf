import { expect, it } from 'vitest';
import { checkAudience } from '../src/auth/audience.js';
import { audience } from './support/token.js';

it('accepts a token of an OAuth client that names this server, or none', () => {
  expect(() => checkAudience({ client_id: 'c' }, [audience])).not.toThrow();
  expect(() => checkAudience({ client_id: 'c', aud: `${audience}/` }, [audience])).not.toThrow();
});

it('refuses a token that names another server', () => {
  for (const aud of ['https://other.example', [], null, 7]) {
    expect(() => checkAudience({ client_id: 'c', aud }, [audience])).toThrow('another audience');
  }
});

it('refuses the session token of a browser', () => {
  for (const client_id of [undefined, '', 7]) {
    expect(() => checkAudience({ client_id, aud: audience }, [audience])).toThrow(
      'not an access token',
    );
  }
});
