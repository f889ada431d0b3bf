import type { Simulation } from '../support/simulation-data.js';

/** Auth0: the issuer ends in a slash, and tokens are for an API or for nobody. */
export const auth0: Simulation = {
  places: ['oauth-inserted', 'openid-appended'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/oauth/token`,
    userinfo_endpoint: `${base}/userinfo`,
    jwks_uri: `${base}/.well-known/jwks.json`,
    registration_endpoint: `${base}/oidc/register`,
    revocation_endpoint: `${base}/oauth/revoke`,
    scopes_supported: ['openid', 'profile', 'offline_access', 'name', 'nickname', 'email', 'phone'],
    subject_types_supported: ['public'],
    code_challenge_methods_supported: ['S256', 'plain'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    id_token_signing_alg_values_supported: ['HS256', 'RS256', 'PS256'],
    client_id_metadata_document_supported: true,
  }),
  token: {
    alg: 'RS256',
    typ: 'at+jwt',
    unbound: 'encrypted',
    claims: ({ tokenIssuer, resource, client, scopes }) => ({
      iss: tokenIssuer,
      sub: 'auth0|123456',
      aud: resource,
      client_id: client,
      scope: scopes.join(' '),
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({
    iss: tokenIssuer,
    aud: client,
    sub: 'auth0|123456',
    name: 'Ada Lovelace',
    nickname: 'ada',
    email: 'ada@example.com',
    email_verified: true,
    sid: 'kSVvhPgEKH_7qnsLlsFkUyZJxKOKTuBr',
  }),
  clientAuthentication: ['client_secret_post'],
  clientRefusal: { error: 'access_denied', description: 'Unauthorized' },
  redirectRefusal: { error: 'invalid_request', description: 'Callback URL mismatch.' },
  response: ({ refresh_token, ...usual }) => ({
    ...usual,
    ...(usual.scope.includes('offline_access') && { refresh_token }),
  }),
  refresh: {
    ended: { error: 'invalid_grant', description: 'Unknown or invalid refresh token.' },
  },
  registration: 'open',
  // What the default permissions of the API grant to third parties; the rest is ignored.
  scopes: {
    all: ['mcp:use', 'openid', 'profile', 'email', 'offline_access'],
    default: ['mcp:use'],
  },
  resource: {
    unknown: { error: 'access_denied', description: 'Service not enabled within domain' },
  },
  failures: [
    {
      name: 'token without an API',
      token: { grant: { resource: undefined } },
      answer: { status: 401, message: 'The access token is encrypted (JWE)' },
    },
    {
      name: 'issuer without its slash',
      settings: ({ base }) => ({ OAUTH_ISSUER_URL: base }),
      token: {},
      answer: 200,
    },
    {
      name: 'API named by the host',
      token: ({ endpoint }) => ({ claims: { aud: new URL(endpoint).origin } }),
      answer: {
        status: 401,
        message: 'The access token was issued for another audience',
        log: ({ endpoint }) => `"expected":["${endpoint}"],"found":["${new URL(endpoint).origin}"]`,
      },
    },
    {
      name: 'token of the profile Auth0 for an application of the first party',
      token: ({ endpoint, base }) => ({
        header: { typ: 'JWT' },
        claims: {
          client_id: undefined,
          azp: 'first-party',
          aud: [endpoint, `${base}/userinfo`],
          scope: 'openid mcp:use',
          permissions: ['mcp:use'],
        },
      }),
      answer: 200,
    },
    {
      name: 'application without a connection',
      provider: {
        denies: {
          error: 'invalid_request',
          description: 'no connections enabled for the client',
        },
      },
      person: 'The provider refuses what this server asks for',
      log: '"description":"no connections enabled for the client"',
    },
    {
      name: 'address that is verified',
      settings: () => ({ OAUTH_ALLOWED_USERS: 'Ada@Example.com' }),
      person: { granted: ['openid', 'profile', 'email', 'offline_access'] },
    },
  ],
};
