import type { Facts, Grant, Simulation } from '../support/simulation-data.js';

/** Of access tokens and of ID tokens. */
const claims = ({ tokenIssuer, client, nonce }: Facts & Grant) => ({
  iss: tokenIssuer,
  sub: 'hashed-user-id-0123456789abcdef',
  aud: client,
  acr: 'goauthentik.io/providers/oauth2/default',
  amr: ['pwd'],
  email: 'user@example.com',
  email_verified: false,
  name: 'A User',
  preferred_username: 'user',
  groups: ['authentik Admins'],
  azp: client,
  uid: 'random-40-characters',
  nonce,
});

/** authentik: the issuer of each application ends in a slash; tokens look like ID tokens. */
export const authentik: Simulation = {
  places: ['openid-appended'],
  document: ({ origin, issuer }) => ({
    authorization_endpoint: `${origin}/application/o/authorize/`,
    token_endpoint: `${origin}/application/o/token/`,
    userinfo_endpoint: `${origin}/application/o/userinfo/`,
    introspection_endpoint: `${origin}/application/o/introspect/`,
    jwks_uri: `${issuer}jwks/`,
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    code_challenge_methods_supported: ['plain', 'S256'],
  }),
  token: {
    alg: 'RS256',
    typ: 'JWT',
    claims,
  },
  client: ({ values }) => values.client ?? '',
  clientRefusal: {
    error: 'invalid_client',
    description:
      'Client authentication failed (e.g., unknown client, no client authentication included, or unsupported authentication method)',
    status: 400,
  },
  redirectRefusal: {
    error: 'redirect_uri_mismatch',
    description:
      'The request fails due to a missing, invalid, or mismatching redirection URI (redirect_uri).',
  },
  // That the ID token says the same is what matters.
  response: ({ access_token, refresh_token, ...usual }) => ({
    ...usual,
    access_token,
    id_token: access_token,
    ...(usual.scope.includes('offline_access') && { refresh_token }),
  }),
  refresh: { rotates: true },
  registration: { error: 'not_found', description: '', status: 404 },
  scopes: { all: ['openid', 'profile', 'email', 'offline_access'] },
  failures: [
    {
      name: 'issuer without its slash',
      settings: ({ base }) => ({ OAUTH_ISSUER_URL: base }),
      token: {},
      answer: 200,
    },
    {
      name: 'no signing key',
      provider: { noKeys: true },
      start: 'The JWKS holds no key that can verify a token',
      says: ['/application/o/my-mcp-server/jwks/ has 0 keys'],
    },
    {
      name: 'token signed with the client secret',
      token: { key: 'secret' },
      answer: {
        status: 401,
        message: 'The access token is signed with an algorithm that is not accepted',
      },
    },
    {
      name: 'token of another application',
      token: ({ origin }) => ({
        claims: { iss: `${origin}/application/o/other/`, aud: 'other', azp: 'other' },
      }),
      answer: {
        status: 401,
        message: 'The access token comes from another issuer',
        log: ({ issuer, origin }) =>
          `"expected":"${issuer}","found":"${origin}/application/o/other/"`,
      },
    },
    {
      name: 'ID token signed with the client secret',
      provider: { idToken: claims, idTokenKey: 'secret', response: (usual) => ({ ...usual }) },
      person: 'The answer of the provider is not valid',
      log: '"problem":"answer_refused"',
    },
    {
      name: 'address, which nobody verifies there',
      settings: () => ({ OAUTH_ALLOWED_USERS: 'user@example.com' }),
      person: 'This account may not use this server',
      log: '"email":"user@example.com","emailVerified":false',
    },
    { name: 'token with the nonce that was sent', token: { grant: { nonce: 'n' } }, answer: 200 },
  ],
};
