import type { Simulation } from '../support/simulation-data.js';

/** Scalekit: metadata only as RFC 8414 has it, and tokens that name the environment. */
export const scalekit: Simulation = {
  places: ['oauth-inserted', 'oauth-appended'],
  document: ({ origin, base }) => ({
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    jwks_uri: `${origin}/keys`,
    registration_endpoint: `${base}/register`,
    client_id_metadata_document_supported: true,
    scopes_supported: ['mcp:use'],
    grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials'],
    code_challenge_methods_supported: ['S256'],
  }),
  token: {
    alg: 'RS256',
    typ: 'JWT',
    claims: ({ tokenIssuer, endpoint, client, scopes, values }) => ({
      iss: tokenIssuer,
      sub: 'usr_123456',
      aud: [values.server, endpoint],
      client_id: client,
      scope: scopes.join(' '),
      sid: 'ses_1',
      org_id: 'org_1',
    }),
  },
  registration: 'open',
  scopes: { all: ['mcp:use'], refusal: { error: 'invalid_scope', description: '' } },
  failures: [
    {
      name: 'issuer of the MCP server, as tokens may have it',
      token: ({ issuer }) => ({ claims: { iss: issuer } }),
      answer: 200,
    },
    {
      name: 'token of another MCP server of the environment',
      token: { claims: { aud: ['res_11111111111'] } },
      answer: { status: 401, message: 'The access token was issued for another audience' },
    },
    {
      name: 'token of another environment',
      token: { claims: { iss: 'https://other.scalekit.com' } },
      answer: { status: 401, message: 'The access token comes from another issuer' },
    },
    {
      name: 'no OpenID metadata at the issuer',
      provider: { places: ['oauth-inserted'] },
      token: {},
      answer: 200,
    },
  ],
};
