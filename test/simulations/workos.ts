import type { Simulation } from '../support/simulation-data.js';

/** WorkOS AuthKit: two metadata documents, of which only RFC 8414's tells clients how to register. */
export const workos: Simulation = {
  places: ['oauth-inserted', 'openid-appended'],
  document: ({ base }) => ({
    ...shared(base),
    registration_endpoint: `${base}/oauth2/register`,
    device_authorization_endpoint: `${base}/oauth2/device_authorization`,
    client_id_metadata_document_supported: true,
    code_challenge_methods_supported: ['S256'],
  }),
  openidDocument: ({ base }) => ({
    ...shared(base),
    userinfo_endpoint: `${base}/oauth2/userinfo`,
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
  }),
  token: {
    alg: 'RS256',
    claims: ({ tokenIssuer, resource, client, scopes }) => ({
      iss: tokenIssuer,
      aud: resource ?? 'client_01ENVIRONMENT',
      sub: 'user_01EXAMPLE',
      client_id: client,
      org_id: 'org_01EXAMPLE',
      sid: 'app_consent_01EXAMPLE',
      scope: scopes.join(' '),
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({
    iss: tokenIssuer,
    aud: client,
    sub: 'user_01EXAMPLE',
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    email_verified: true,
  }),
  clientAuthentication: ['client_secret_post'],
  response: ({ refresh_token, ...usual }) => ({
    ...usual,
    ...(usual.scope.includes('offline_access') && { refresh_token }),
  }),
  refresh: { rotates: true },
  registration: 'open',
  scopes: { all: ['openid', 'profile', 'email', 'offline_access'] },
  resource: { unknown: { error: 'invalid_target', description: '' }, at: 'token' },
  failures: [
    {
      name: 'resource indicator missing',
      token: { grant: { resource: undefined } },
      answer: {
        status: 401,
        message: 'The access token was issued for another audience',
        log: '"found":["client_01ENVIRONMENT"]',
      },
    },
    {
      name: 'origin registered instead of the endpoint',
      token: ({ endpoint }) => ({ grant: { resource: `${new URL(endpoint).origin}/` } }),
      answer: { status: 401, message: 'The access token was issued for another audience' },
    },
    {
      name: 'session token of an app',
      token: { claims: { iss: 'https://api.workos.com/user_management/client_01ENVIRONMENT' } },
      answer: {
        status: 401,
        message: 'The access token comes from another issuer',
        log: '"found":"https://api.workos.com/user_management/client_01ENVIRONMENT"',
      },
    },
    {
      name: 'code that was used before, or is too old',
      provider: { codesExpire: true },
      person: 'The login took too long, or its answer was used before',
      log: '"error":"invalid_grant"',
    },
  ],
};

function shared(base: string) {
  return {
    authorization_endpoint: `${base}/oauth2/authorize`,
    token_endpoint: `${base}/oauth2/token`,
    introspection_endpoint: `${base}/oauth2/introspection`,
    jwks_uri: `${base}/oauth2/jwks`,
    scopes_supported: ['email', 'offline_access', 'openid', 'profile'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_post', 'client_secret_basic'],
  };
}
