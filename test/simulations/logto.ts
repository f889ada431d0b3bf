import type { Simulation } from '../support/simulation-data.js';

/** Logto: signs with ES384, knows only its API resources, and leaves permissions out silently. */
export const logto: Simulation = {
  places: ['openid-appended'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/auth`,
    token_endpoint: `${base}/token`,
    userinfo_endpoint: `${base}/me`,
    introspection_endpoint: `${base}/token/introspection`,
    jwks_uri: `${base}/jwks`,
    client_id_metadata_document_supported: true,
    scopes_supported: ['openid', 'offline_access', 'profile', 'email', 'phone'],
    id_token_signing_alg_values_supported: ['ES384'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    code_challenge_methods_supported: ['S256'],
    authorization_response_iss_parameter_supported: true,
  }),
  token: {
    alg: 'ES384',
    typ: 'at+jwt',
    unbound: 'opaque',
    claims: ({ tokenIssuer, resource, client, scopes }) => ({
      iss: tokenIssuer,
      sub: 'abcdefghijkl',
      aud: resource,
      client_id: client,
      // Permissions of the API resource; what is about the person never stands there.
      scope: scopes.filter((scope) => scope.includes(':')).join(' '),
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({
    iss: tokenIssuer,
    aud: client,
    sub: 'abcdefghijkl',
    name: 'Ada Lovelace',
    username: 'ada',
    email: 'ada@example.com',
    email_verified: true,
    at_hash: 'h',
  }),
  clientRefusal: { error: 'invalid_client', description: 'client authentication failed' },
  redirectRefusal: { error: 'invalid_redirect_uri', description: '' },
  response: ({ refresh_token, ...usual }, authorization) => ({
    ...usual,
    ...(usual.scope.includes('offline_access') &&
      authorization.get('prompt')?.includes('consent') && { refresh_token }),
  }),
  refresh: { rotates: true },
  registration: { error: 'not_found', description: '', status: 404 },
  scopes: { all: ['openid', 'offline_access', 'profile', 'email', 'phone', 'mcp:use'] },
  resource: {
    unknown: {
      error: 'invalid_target',
      description: 'resource indicator is missing, or unknown',
    },
  },
  failures: [
    {
      name: 'opaque token of a client that sent no resource',
      token: { grant: { resource: undefined } },
      answer: { status: 401, message: 'The access token is not a JWT' },
    },
    {
      name: 'API resource with a slash at its end',
      token: ({ endpoint }) => ({ claims: { aud: `${endpoint}/` } }),
      answer: 200,
    },
    {
      name: 'permission that was not granted',
      settings: () => ({ OAUTH_SCOPES: 'openid mcp:use' }),
      token: { claims: { scope: undefined } },
      answer: { status: 403, message: 'The access token lacks a required scope' },
    },
    {
      name: 'permission that is the provider’s to grant',
      settings: () => ({ OAUTH_UPSTREAM_SCOPES: 'openid offline_access mcp:use' }),
      person: { granted: ['openid', 'offline_access', 'mcp:use'] },
    },
  ],
};
