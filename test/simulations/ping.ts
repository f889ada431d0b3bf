import type { Simulation } from '../support/simulation-data.js';

/** PingOne: the audience follows from the scopes, and the header `typ` is about to come. */
export const ping: Simulation = {
  places: ['openid-appended'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    userinfo_endpoint: `${base}/userinfo`,
    jwks_uri: `${base}/jwks`,
    introspection_endpoint: `${base}/introspect`,
    scopes_supported: ['openid', 'profile', 'email', 'address', 'phone'],
    response_types_supported: ['code', 'id_token', 'token id_token', 'code id_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
  }),
  token: {
    alg: 'RS256',
    typ: 'at+jwt',
    claims: ({ tokenIssuer, endpoint, client, scopes }) => ({
      iss: tokenIssuer,
      sub: 'd1f0b6a4-4b1c-4f0c-8f5e-2f4d3c2b1a00',
      aud: scopes.includes('mcp:use') ? [endpoint] : ['https://api.pingone.com'],
      client_id: client,
      scope: scopes.join(' '),
      sid: '9a6d0c4e-0000-4000-8000-5f2f4b7a1000',
      acr: 'Single_Factor',
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({
    iss: tokenIssuer,
    aud: client,
    sub: 'd1f0b6a4-4b1c-4f0c-8f5e-2f4d3c2b1a00',
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    email_verified: true,
    at_hash: 'h',
  }),
  clientAuthentication: ['client_secret_basic'],
  redirectRefusal: { error: 'invalid_request', description: 'Redirect URI mismatch' },
  client: () => '2c1f0c58-0000-4000-8000-5f2f4b7a1000',
  registration: { error: 'not_found', description: '', status: 404 },
  scopes: {
    all: ['openid', 'profile', 'email', 'address', 'phone', 'mcp:use'],
    refusal: { error: 'invalid_scope', description: '' },
  },
  failures: [
    {
      name: 'no scope of the resource was requested',
      token: { grant: { scopes: ['openid', 'profile'] } },
      answer: {
        status: 401,
        message: 'The access token was issued for another audience',
        log: '"found":["https://api.pingone.com"]',
      },
    },
    {
      name: 'token without the header typ',
      token: { header: { typ: undefined } },
      answer: 200,
    },
    {
      name: 'ID token',
      modes: ['jwt'],
      token: { kind: 'id' },
      answer: { status: 401, message: 'The token is not an access token' },
    },
    {
      name: 'scopes of two resources',
      provider: {
        denies: {
          error: 'invalid_scope',
          description: 'May not request scopes for multiple resources',
        },
      },
      person: 'The provider refuses what this server asks for',
      log: 'May not request scopes for multiple resources',
    },
    {
      name: 'scope that the application may not request',
      settings: () => ({ OAUTH_UPSTREAM_SCOPES: 'openid offline_access' }),
      person: 'The provider refuses what this server asks for',
      log: '"error":"invalid_scope"',
    },
    {
      name: 'issuer without /as',
      settings: ({ base }) => ({ OAUTH_ISSUER_URL: base.replace(/\/as$/, '') }),
      start: 'The issuer publishes no authorization server metadata',
      says: ['check it; often its path is missing.'],
    },
  ],
};
