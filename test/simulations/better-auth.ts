import type { Simulation } from '../support/simulation-data.js';

const subject = '5XasPPqGrWogiVkdXpyNZAsuRymVhIGM';

/** Better Auth: resources have to be configured, and who it is stands at the userinfo endpoint. */
export const betterAuth: Simulation = {
  places: ['openid-appended'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/oauth2/authorize`,
    token_endpoint: `${base}/oauth2/token`,
    jwks_uri: `${base}/jwks`,
    registration_endpoint: `${base}/oauth2/register`,
    introspection_endpoint: `${base}/oauth2/introspect`,
    userinfo_endpoint: `${base}/oauth2/userinfo`,
    scopes_supported: ['openid', 'profile', 'email', 'offline_access', 'mcp:use', 'mcp:admin'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    introspection_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  }),
  token: {
    alg: 'ES256',
    typ: 'at+jwt',
    unbound: 'opaque',
    claims: ({ tokenIssuer, base, resource, client, scopes }) => ({
      iss: tokenIssuer,
      sub: subject,
      aud: scopes.includes('openid') ? [resource, `${base}/oauth2/userinfo`] : resource,
      client_id: client,
      azp: client,
      scope: scopes.join(' '),
      sid: 's',
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({
    iss: tokenIssuer,
    sub: subject,
    aud: client,
    acr: '0',
    auth_time: 1,
    at_hash: 'h',
  }),
  userInfo: () => ({
    sub: subject,
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    email_verified: true,
  }),
  clientRefusal: { error: 'invalid_client', description: 'invalid client', challenge: true },
  redirectRefusal: { error: 'invalid_redirect', description: 'invalid redirect uri' },
  response: ({ refresh_token, ...usual }) => ({
    ...usual,
    ...(usual.scope.includes('offline_access') && { refresh_token }),
  }),
  refresh: { rotates: true },
  registration: 'open',
  scopes: {
    all: ['openid', 'profile', 'email', 'offline_access', 'mcp:use', 'mcp:admin'],
    refusal: {
      error: 'invalid_scope',
      description: 'The following scopes are invalid: {scope}',
    },
  },
  resource: {
    unknown: { error: 'invalid_target', description: 'requested resource is not configured' },
  },
  failures: [
    {
      name: 'opaque token of a client that sent no resource',
      modes: ['jwt'],
      token: { grant: { resource: undefined } },
      answer: { status: 401, message: 'The access token is not a JWT' },
    },
    {
      name: 'token with the userinfo endpoint in its audience',
      token: { grant: { scopes: ['openid', 'mcp:use'] } },
      answer: 200,
    },
    {
      name: 'client that may not register',
      modes: ['jwt', 'introspection'],
      provider: {
        registration: {
          error: 'access_denied',
          description: 'Client registration is disabled',
          status: 403,
        },
      },
      login: {},
      refused: 'Client registration is disabled',
    },
    {
      name: 'issuer without its path',
      settings: ({ origin }) => ({ OAUTH_ISSUER_URL: origin }),
      start: 'The issuer publishes no authorization server metadata',
      says: ['often its path is missing'],
    },
    {
      name: 'address that only the userinfo endpoint has',
      settings: () => ({ OAUTH_ALLOWED_USERS: 'ada@example.com' }),
      person: { granted: ['openid', 'profile', 'email', 'offline_access'] },
    },
    {
      name: 'address that nobody has verified',
      provider: {
        userInfo: () => ({ sub: subject, email: 'ada@example.com', email_verified: false }),
      },
      settings: () => ({ OAUTH_ALLOWED_USERS: 'ada@example.com' }),
      person: 'This account may not use this server',
      log: '"emailVerified":false',
    },
  ],
};
