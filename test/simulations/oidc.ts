import type { Simulation } from '../support/simulation-data.js';

/** Any OpenID provider that does as the specifications say. */
export const oidc: Simulation = {
  places: ['openid-appended'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/auth`,
    token_endpoint: `${base}/token`,
    introspection_endpoint: `${base}/introspect`,
    registration_endpoint: `${base}/reg`,
    jwks_uri: `${base}/jwks`,
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['ES256'],
    code_challenge_methods_supported: ['S256'],
  }),
  token: {
    alg: 'ES256',
    typ: 'at+jwt',
    claims: ({ tokenIssuer, endpoint, client, scopes }) => ({
      iss: tokenIssuer,
      sub: 'somebody',
      aud: endpoint,
      client_id: client,
      scope: scopes.join(' '),
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({ iss: tokenIssuer, sub: 'somebody', aud: client }),
  registration: 'open',
  scopes: {
    all: ['openid', 'profile', 'email', 'offline_access'],
    default: ['openid'],
    refusal: { error: 'invalid_scope', description: 'The scope {scope} is not allowed' },
  },
  failures: [
    {
      name: 'opaque token',
      modes: ['jwt'],
      token: { form: 'opaque' },
      answer: { status: 401, message: 'The access token is not a JWT' },
    },
    {
      name: 'unknown token',
      modes: ['introspection'],
      token: { claims: { active: false } },
      answer: { status: 401, message: 'The access token is not active' },
    },
    {
      name: 'token of another server',
      token: { claims: { aud: 'https://other.example/mcp' } },
      answer: { status: 401, message: 'The access token was issued for another audience' },
    },
    {
      name: 'metadata of another issuer',
      provider: { names: () => 'https://other.example' },
      start: 'The metadata belongs to another issuer',
      says: ['belongs to the issuer https://other.example.'],
    },
  ],
};
