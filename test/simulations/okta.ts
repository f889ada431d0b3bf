import type { Simulation } from '../support/simulation-data.js';

/** Okta: a custom authorization server, besides the one of the org, whose tokens nobody can check. */
export const okta: Simulation = {
  places: ['oauth-inserted', 'openid-appended'],
  document: ({ base, origin }) => ({
    authorization_endpoint: `${base}/v1/authorize`,
    token_endpoint: `${base}/v1/token`,
    introspection_endpoint: `${base}/v1/introspect`,
    userinfo_endpoint: `${base}/v1/userinfo`,
    // It is announced, but it takes an API token.
    registration_endpoint: `${origin}/oauth2/v1/clients`,
    jwks_uri: `${base}/v1/keys`,
    scopes_supported: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'private_key_jwt', 'none'],
  }),
  token: {
    alg: 'RS256',
    claims: ({ tokenIssuer, endpoint, client, scopes }) => ({
      ver: 1,
      iss: tokenIssuer,
      aud: endpoint,
      sub: 'alice@example.com',
      cid: client,
      uid: '00ujmkLgagxeRrAg20g3',
      scp: scopes,
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({
    ver: 1,
    iss: tokenIssuer,
    aud: client,
    sub: '00ujmkLgagxeRrAg20g3',
    name: 'Alice Smith',
    preferred_username: 'alice@example.com',
    email: 'alice@example.com',
    email_verified: true,
    at_hash: 'h',
  }),
  clientRefusal: {
    error: 'invalid_client',
    description: 'The client secret supplied for a confidential client is invalid.',
  },
  redirectRefusal: {
    error: 'invalid_request',
    description:
      "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings",
  },
  response: ({ refresh_token, ...usual }) => ({
    ...usual,
    ...(usual.scope.includes('offline_access') && { refresh_token }),
  }),
  refresh: {
    ended: { error: 'invalid_grant', description: 'The refresh token is invalid or expired.' },
  },
  client: () => '0oas6ywyq7cwyKUfF0h7',
  registration: { error: 'E0000005', description: 'Invalid session', status: 401 },
  scopes: {
    all: ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'],
    refusal: {
      error: 'invalid_scope',
      description: 'One or more scopes are not configured for the authorization server resource.',
    },
  },
  failures: [
    {
      name: 'token of the org authorization server',
      modes: ['jwt'],
      token: ({ origin }) => ({ key: 'never', claims: { iss: origin, aud: origin } }),
      answer: { status: 401, message: 'The access token is signed with an unknown key' },
    },
    {
      name: 'audience of the server "default"',
      token: { claims: { aud: 'api://default' } },
      answer: {
        status: 401,
        message: 'The access token was issued for another audience',
        log: '"found":["api://default"]',
      },
    },
    { name: 'scopes as an array in scp', token: { claims: { scp: ['openid'] } }, answer: 200 },
    { name: 'client that registers itself', login: {}, refused: 'Invalid session' },
    {
      name: 'no access policy that fits',
      provider: {
        denies: {
          error: 'access_denied',
          description:
            'Policy evaluation failed for this request, please check the policy configurations.',
        },
      },
      person: 'The login was refused at the provider',
      log: 'Policy evaluation failed for this request',
    },
    {
      name: 'scope that the authorization server does not have',
      settings: () => ({ OAUTH_UPSTREAM_SCOPES: 'openid tickets' }),
      person: 'The provider refuses what this server asks for',
      log: 'One or more scopes are not configured',
    },
    {
      name: 'no refresh token without offline_access',
      settings: () => ({ OAUTH_UPSTREAM_SCOPES: 'openid' }),
      person: { granted: ['openid'] },
    },
  ],
};
