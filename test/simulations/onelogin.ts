import type { Simulation } from '../support/simulation-data.js';

/** OneLogin: announces a registration that is closed, and refuses `offline_access`. */
export const onelogin: Simulation = {
  places: ['openid-appended'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/auth`,
    token_endpoint: `${base}/token`,
    userinfo_endpoint: `${base}/me`,
    jwks_uri: `${base}/certs`,
    introspection_endpoint: `${base}/token/introspection`,
    registration_endpoint: `${base}/register`,
    scopes_supported: ['openid', 'name', 'profile', 'groups', 'email', 'params', 'phone'],
    response_types_supported: ['code', 'id_token token', 'id_token'],
    id_token_signing_alg_values_supported: ['HS256', 'RS256', 'PS256'],
    subject_types_supported: ['public'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
  }),
  token: {
    alg: 'RS256',
    typ: 'JWT',
    claims: ({ tokenIssuer, endpoint, client, scopes }) => ({
      sub: '35666371',
      iss: tokenIssuer,
      scope: scopes.join(' '),
      aud: [endpoint],
      azp: client,
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({
    sub: '35666371',
    email: 'user@example.com',
    name: 'Ursula Example',
    iss: tokenIssuer,
    aud: client,
    at_hash: 'h',
  }),
  clientAuthentication: ['client_secret_post'],
  clientRefusal: { error: 'invalid_client', description: 'client authentication failed' },
  redirectRefusal: {
    error: 'redirect_uri_mismatch',
    description: "redirect_uri did not match any client's registered redirect_uris",
  },
  refresh: { ended: { error: 'invalid_grant', description: 'grant request is invalid' } },
  client: () => '78d1d040-20c9-0136-5146-067351775fae92920',
  registration: { error: 'invalid_token', description: 'no access token provided', status: 401 },
  scopes: {
    all: ['openid', 'name', 'profile', 'groups', 'email', 'params', 'phone'],
    refusal: {
      error: 'invalid_scope',
      description: 'some of requested scopes are not whitelisted',
    },
  },
  failures: [
    {
      name: 'client that requests offline_access',
      login: { byHand: true, requested: 'openid offline_access' },
      refused: 'some of requested scopes are not whitelisted',
    },
    {
      name: 'ID token',
      token: { kind: 'id' },
      answer: { status: 401, message: 'The token is not an access token' },
    },
    {
      name: 'issuer of the first version',
      token: { claims: { iss: 'https://openid-connect.onelogin.com/oidc' } },
      answer: {
        status: 401,
        message: 'The access token comes from another issuer',
        log: '"found":"https://openid-connect.onelogin.com/oidc"',
      },
    },
    { name: 'client that registers itself', login: {}, refused: 'no access token provided' },
    {
      name: 'server that requests offline_access',
      settings: () => ({ OAUTH_UPSTREAM_SCOPES: 'openid offline_access' }),
      person: 'The provider refuses what this server asks for',
      log: 'some of requested scopes are not whitelisted',
    },
    {
      name: 'refresh token that nobody asked for',
      provider: {},
      person: { granted: ['openid', 'profile', 'email'] },
    },
  ],
};
