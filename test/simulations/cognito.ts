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
    'cognito:groups': ['readers'],
    email: 'my-test-user@example.com',
    email_verified: true,
    at_hash: 'h',
  }),
  // Here it is text.
  userInfo: () => ({
    sub: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
    email: 'my-test-user@example.com',
    email_verified: 'true',
  }),
  clientRefusal: { error: 'invalid_client', description: '', status: 400 },
  redirectRefusal: { error: 'redirect_mismatch', description: '' },
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
    {
      name: 'no scopes in the token response',
      provider: {},
      person: { granted: ['openid', 'profile', 'email'] },
    },
    {
      name: 'app client that may not read an attribute',
      provider: { codesExpire: true },
      person: 'The login took too long, or its answer was used before',
      log: '"error":"invalid_grant"',
    },
    {
      name: 'custom scope that is not ticked for the app client',
      settings: () => ({ OAUTH_UPSTREAM_SCOPES: 'openid solar-system-data/sunproximity.read' }),
      person: 'The provider refuses what this server asks for',
      log: '"error":"invalid_scope"',
    },
  ],
};
