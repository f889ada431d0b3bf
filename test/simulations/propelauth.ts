import type { Simulation } from '../support/simulation-data.js';

/** PropelAuth: opaque tokens, and metadata only where RFC 8414 inserts the well-known path. */
export const propelauth: Simulation = {
  places: ['oauth-inserted'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/token`,
    introspection_endpoint: `${base}/introspect`,
    registration_endpoint: `${base}/register`,
    scopes_supported: ['mcp:use'],
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
  }),
  token: {
    alg: 'RS256',
    form: 'opaque',
    claims: ({ tokenIssuer, resource, client, scopes }) => ({
      sub: '5f9c1c0e-6a35-4c3e-9a2f-0f5f2f4b7a10',
      client_id: client,
      scope: scopes.join(' '),
      aud: resource,
      iss: tokenIssuer,
    }),
  },
  registration: 'open',
  scopes: { all: ['mcp:use'], refusal: { error: 'invalid_scope', description: '' } },
  resource: { absent: { error: 'invalid_request', description: '' } },
  failures: [
    {
      name: 'token of another MCP server of the project',
      token: { grant: { resource: 'https://other.example/mcp' } },
      answer: { status: 401, message: 'The access token was issued for another audience' },
    },
    {
      name: 'wrong credentials for introspection',
      settings: () => ({ OAUTH_CLIENT_SECRET: 'of another server' }),
      start: 'The provider refuses the credentials of this server',
      says: ['/oauth/2.1/introspect', 'status 401'],
    },
    {
      name: 'introspection is down',
      token: { introspected: 500 },
      answer: {
        status: 503,
        message: 'The authorization server cannot be reached',
        log: ({ base }) => `"endpoint":"${base}/introspect","reason":"status 500`,
      },
    },
    {
      name: 'token that was revoked',
      token: { claims: { active: false } },
      answer: { status: 401, message: 'The access token is not active' },
    },
  ],
};
