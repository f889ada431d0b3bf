import type { Simulation } from '../support/simulation-data.js';

/** Amazon Cognito: access tokens name the app client and no audience; ID tokens do the reverse. */
export const cognito: Simulation = {
  places: ['openid-appended'],
  document: ({ base, elsewhere }) => ({
    authorization_endpoint: `${elsewhere}/oauth2/authorize`,
    token_endpoint: `${elsewhere}/oauth2/token`,
    userinfo_endpoint: `${elsewhere}/oauth2/userInfo`,
    jwks_uri: `${base}/.well-known/jwks.json`,
    id_token_signing_alg_values_supported: ['RS256'],
    response_types_supported: ['code', 'token'],
    scopes_supported: ['openid', 'email', 'phone', 'profile'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
  }),
  token: {
    alg: 'RS256',
    claims: ({ tokenIssuer, resource, client, scopes }) => ({
      sub: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
      iss: tokenIssuer,
      // Only if it was requested, and never the app client.
      aud: resource,
      version: 2,
      client_id: client,
      token_use: 'access',
      scope: scopes.join(' '),
      username: 'my-test-user',
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({
    sub: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
    iss: tokenIssuer,
    aud: client,
    token_use: 'id',
    'cognito:username': 'my-test-user',
    at_hash: 'h',
  }),
  client: ({ values }) => values.client ?? '',
  registration: { error: 'not_found', description: '', status: 404 },
  scopes: {
    all: ['openid', 'email', 'phone', 'profile'],
    refusal: { error: 'invalid_scope', description: '' },
  },
  response: ({ scope: _, ...usual }) => usual,
  failures: [
    { name: 'access token without aud', token: { grant: { resource: undefined } }, answer: 200 },
    {
      name: 'ID token',
      token: { kind: 'id' },
      answer: {
        status: 401,
        message: 'The token is not an access token',
        log: '"token_use":"id"',
      },
    },
    {
      name: 'token of another app client of the pool',
      token: { grant: { client: '9other23456789abcdefghijk' } },
      answer: {
        status: 401,
        message: 'The access token was issued for another audience',
        log: '"found":"9other23456789abcdefghijk"',
      },
    },
  ],
};
