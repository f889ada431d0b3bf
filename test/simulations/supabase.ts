import type { Simulation } from '../support/simulation-data.js';

/** Supabase Auth: every token of a project has the same audience, those of browsers too. */
export const supabase: Simulation = {
  places: ['oauth-inserted', 'openid-appended'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/oauth/authorize`,
    token_endpoint: `${base}/oauth/token`,
    jwks_uri: `${base}/.well-known/jwks.json`,
    userinfo_endpoint: `${base}/oauth/userinfo`,
    registration_endpoint: `${base}/oauth/clients/register`,
    scopes_supported: ['openid', 'profile', 'email', 'phone', 'offline_access'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256', 'HS256', 'ES256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    code_challenge_methods_supported: ['S256', 'plain'],
  }),
  token: {
    alg: 'ES256',
    typ: 'JWT',
    claims: ({ tokenIssuer, client, scopes }) => ({
      aud: 'authenticated',
      iss: tokenIssuer,
      sub: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
      email: 'user@example.com',
      role: 'authenticated',
      session_id: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeee1',
      is_anonymous: false,
      client_id: client,
      scope: scopes.join(' '),
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({
    iss: tokenIssuer,
    aud: client,
    sub: 'aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee',
    name: 'Ada Lovelace',
    email: 'user@example.com',
    email_verified: true,
  }),
  redirectRefusal: { error: 'invalid_request', description: 'invalid redirect_uri' },
  refresh: { rotates: true },
  client: () => '9a8b7c6d-5e4f-3a2b-1c0d-9e8f7a6b5c4d',
  registration: 'open',
  scopes: {
    all: ['openid', 'profile', 'email', 'phone', 'offline_access'],
    refusal: { error: 'invalid_request', description: 'unsupported scope: {scope}' },
  },
  response: ({ scope: _, ...usual }) => usual,
  failures: [
    {
      name: 'session token of a browser',
      token: { claims: { client_id: undefined, scope: undefined } },
      answer: { status: 401, message: 'The token is not an access token' },
    },
    {
      name: 'token of an older version, without scopes',
      token: { claims: { scope: undefined } },
      answer: 200,
    },
    {
      name: 'project that still signs with the legacy secret',
      provider: { noKeys: true },
      start: 'The JWKS holds no key that can verify a token',
      says: ['/auth/v1/.well-known/jwks.json has 0 keys'],
    },
    {
      name: 'token signed with the legacy secret',
      token: { key: 'secret' },
      answer: {
        status: 401,
        message: 'The access token is signed with an algorithm that is not accepted',
        log: '"alg":"HS256"',
      },
    },
    {
      name: 'endpoint set as the audience',
      settings: ({ endpoint }) => ({ OAUTH_AUDIENCE: endpoint }),
      token: {},
      answer: {
        status: 401,
        message: 'The access token was issued for another audience',
        log: '"found":["authenticated"]',
      },
    },
    {
      name: 'scope that does not exist',
      settings: () => ({ OAUTH_UPSTREAM_SCOPES: 'openid tickets' }),
      person: 'The provider refuses what this server asks for',
      log: '"description":"unsupported scope: tickets"',
    },
  ],
};
