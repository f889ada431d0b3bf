import type { Simulation } from '../support/simulation-data.js';

const session = {
  aud: undefined,
  client_id: undefined,
  jti: undefined,
  scp: undefined,
  scope: undefined,
  sid: 'sess_1',
  azp: 'https://app.example.com',
};

/** Clerk: a client may request what it registered, and without `resource` tokens name nobody. */
export const clerk: Simulation = {
  places: ['oauth-inserted', 'openid-appended'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/oauth/authorize`,
    token_endpoint: `${base}/oauth/token`,
    introspection_endpoint: `${base}/oauth/token_info`,
    registration_endpoint: `${base}/oauth/register`,
    jwks_uri: `${base}/.well-known/jwks.json`,
    grant_types_supported: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'none'],
    client_id_metadata_document_supported: true,
    scopes_supported: ['openid', 'profile', 'email', 'public_metadata', 'offline_access'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['S256'],
  }),
  token: {
    alg: 'RS256',
    typ: 'at+jwt',
    prefix: 'oat_',
    claims: ({ tokenIssuer, resource, client, scopes }) => ({
      iss: tokenIssuer,
      sub: 'user_2abc',
      aud: resource === undefined ? undefined : [resource],
      client_id: client,
      scp: scopes,
      scope: scopes.join(' '),
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({
    iss: tokenIssuer,
    sub: 'user_2abc',
    aud: client,
    name: 'Ada Lovelace',
    email: 'ada@example.com',
    email_verified: true,
  }),
  response: ({ refresh_token, ...usual }) => ({
    ...usual,
    ...(usual.scope.includes('offline_access') && { refresh_token }),
  }),
  registration: 'open',
  scopes: {
    all: ['openid', 'profile', 'email', 'public_metadata', 'offline_access'],
    default: ['profile', 'email', 'offline_access'],
    pinned: true,
    refusal: {
      error: 'invalid_scope',
      description:
        'The requested scope is invalid, unknown, or malformed. The OAuth 2.0 Client is not allowed to request scope `{scope}`.',
    },
  },
  failures: [
    {
      name: 'client that registers no scopes and requests what the metadata of Clerk lists',
      login: { requested: 'openid profile email' },
      refused: 'not allowed to request scope `openid`',
    },
    {
      name: 'opaque token',
      modes: ['jwt'],
      token: { form: 'opaque' },
      answer: { status: 401, message: 'The access token is not a JWT' },
    },
    {
      name: 'session token',
      modes: ['jwt'],
      token: { header: { typ: 'JWT' }, claims: session },
      answer: { status: 401, message: 'The token is not an access token' },
    },
    {
      name: 'token for another server',
      token: { grant: { resource: 'https://other.example/mcp' } },
      answer: { status: 401, message: 'The access token was issued for another audience' },
    },
    {
      name: 'token of a client that sent no resource',
      token: { grant: { resource: undefined } },
      answer: 200,
    },
    {
      name: 'scope that the application lacks',
      settings: () => ({ OAUTH_UPSTREAM_SCOPES: 'openid private_metadata' }),
      person: 'The provider refuses what this server asks for',
      log: 'not allowed to request scope `private_metadata`',
    },
  ],
};
