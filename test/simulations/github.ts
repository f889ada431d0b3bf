import { expect } from 'vitest';
import type { Simulation } from '../support/simulation-data.js';

/** GitHub: OAuth without OpenID Connect, forms for answers, and errors that look like successes. */
export const github: Simulation = {
  places: ['oauth-inserted'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/access_token`,
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
  }),
  token: { alg: 'RS256', form: 'opaque', prefix: 'gho_', claims: () => ({}) },
  registration: { error: 'not_found', description: '', status: 404 },
  scopes: { all: ['read:user', 'user', 'user:email', 'gist'] },
  response: ({ access_token, scope }) => ({
    access_token,
    scope: scope.replaceAll(' ', ','),
    token_type: 'bearer',
  }),
  formEncoded: true,
  codeRefusal: {
    error: 'bad_verification_code',
    description: 'The code passed is incorrect or expired.',
  },
  failures: [
    {
      name: 'a form for an answer',
      exchange: { accept: '*/*' },
      gets: {
        status: 200,
        type: 'application/x-www-form-urlencoded',
        body: { scope: 'read:user', access_token: expect.stringMatching(/^gho_/) },
      },
    },
    {
      name: 'an error with the status of a success',
      exchange: { code: 'wrong' },
      gets: {
        status: 200,
        type: 'application/json',
        body: { error: 'bad_verification_code' },
        lacks: ['access_token'],
      },
    },
    {
      name: 'no expiry',
      exchange: {},
      gets: {
        status: 200,
        type: 'application/json',
        body: { token_type: 'bearer' },
        lacks: ['expires_in', 'refresh_token', 'id_token'],
      },
    },
  ],
};
