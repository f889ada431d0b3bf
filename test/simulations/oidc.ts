import type { Facts, Grant, Simulation } from '../support/simulation-data.js';

const idToken = ({ tokenIssuer, client }: Facts & Grant) => ({
  iss: tokenIssuer,
  sub: 'somebody',
  aud: client,
  name: 'Somebody Else',
  email: 'somebody@example.com',
  email_verified: true,
});

/** Any OpenID provider that does as the specifications say. */
export const oidc: Simulation = {
  places: ['openid-appended'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/auth`,
    token_endpoint: `${base}/token`,
    introspection_endpoint: `${base}/introspect`,
    registration_endpoint: `${base}/reg`,
    jwks_uri: `${base}/jwks`,
    userinfo_endpoint: `${base}/userinfo`,
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
  idToken,
  clientRefusal: { error: 'invalid_client', description: '', challenge: true },
  refresh: { rotates: true },
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
    {
      name: 'one JWT for access token and ID token, and no word about scopes',
      provider: {
        response: ({ scope: _, id_token, ...usual }) => ({
          ...usual,
          id_token,
          access_token: id_token,
        }),
      },
      person: { granted: ['openid', 'profile', 'email', 'offline_access'] },
    },
    {
      name: 'fewer scopes than were requested',
      provider: { response: (usual) => ({ ...usual, scope: 'openid email' }) },
      person: { granted: ['openid', 'email', 'profile', 'offline_access'] },
    },
    {
      name: 'provider without refresh tokens for this client',
      provider: { response: ({ refresh_token: _, ...usual }) => usual },
      person: { granted: ['openid', 'profile', 'email', 'offline_access'] },
    },
    {
      name: 'provider that does not know offline_access',
      provider: {
        scopes: {
          all: ['openid', 'profile', 'email'],
          refusal: { error: 'invalid_scope', description: 'The scope {scope} is not allowed' },
        },
      },
      person: 'The provider refuses what this server asks for',
      log: '"description":"The scope offline_access is not allowed"',
    },
    {
      name: 'ID token of another client',
      provider: { idToken: (facts) => ({ ...idToken(facts), aud: 'another-client' }) },
      person: 'The answer of the provider is not valid',
      log: '"found":"another-client"',
    },
    {
      name: 'ID token of another login',
      provider: { idToken: (facts) => ({ ...idToken(facts), nonce: 'another-nonce' }) },
      person: 'The answer of the provider is not valid',
      log: '"claim":"nonce"',
    },
    {
      name: 'person who says no',
      provider: { denies: { error: 'access_denied', description: 'The user said no' } },
      person: 'The login was refused at the provider',
      log: '"description":"The user said no"',
    },
  ],
};
