import type { Simulation } from '../support/simulation-data.js';

/** Descope: each MCP server has metadata of its own, and tokens name the project as their issuer. */
export const descope: Simulation = {
  places: ['openid-appended', 'oauth-appended'],
  document: ({ origin, values: { project, server } }) => ({
    jwks_uri: `${origin}/${project}/.well-known/jwks.json`,
    authorization_endpoint: `${origin}/oauth2/v1/apps/agentic/${project}/${server}/authorize`,
    token_endpoint: `${origin}/oauth2/v1/apps/agentic/${project}/${server}/token`,
    userinfo_endpoint: `${origin}/oauth2/v1/apps/${project}/userinfo`,
    registration_endpoint: `${origin}/v1/mgmt/mcp/client/${project}/${server}/register`,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['mcp:use'],
    code_challenge_methods_supported: ['S256'],
    client_id_metadata_document_supported: true,
  }),
  token: {
    alg: 'RS256',
    typ: 'JWT',
    claims: ({ tokenIssuer, endpoint, client, scopes, values }) => ({
      iss: tokenIssuer,
      sub: 'U2exampleUser',
      aud: [endpoint, values.project],
      client_id: client,
      scope: scopes.join(' '),
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({ iss: tokenIssuer, sub: 'U2exampleUser', aud: [client] }),
  registration: 'open',
  scopes: { all: ['mcp:use'], refusal: { error: 'invalid_scope', description: '' } },
  resource: { unknown: { error: 'invalid_target', description: '' } },
  failures: [
    {
      name: 'issuer of the project',
      token: ({ origin, values }) => ({ claims: { iss: `${origin}/v1/apps/${values.project}` } }),
      answer: 200,
    },
    {
      name: 'token of another MCP server of the project',
      token: ({ values }) => ({ claims: { aud: ['https://other.example/mcp', values.project] } }),
      answer: { status: 401, message: 'The access token was issued for another audience' },
    },
    {
      name: 'metadata of the project in place of the MCP server’s',
      provider: {
        path: '/v1/apps/P32juVkF2iM8wAGoM8PiLkGi6POV',
        document: (facts) => {
          const { registration_endpoint: _, ...others } = descope.document(facts);
          return others;
        },
      },
      login: {},
      refused: 'does not support dynamic client registration',
    },
    {
      name: 'token of another project',
      token: ({ origin }) => ({ claims: { iss: `${origin}/v1/apps/P9other` } }),
      answer: { status: 401, message: 'The access token comes from another issuer' },
    },
  ],
};
