import type { Simulation } from '../support/simulation-data.js';

/** Stytch Connected Apps: the audience is the project, and nothing works before it is set up. */
export const stytch: Simulation = {
  places: ['oauth-inserted', 'openid-appended'],
  document: ({ base, elsewhere }) => ({
    // A page of one's own app.
    authorization_endpoint: `${elsewhere}/oauth/authorize`,
    token_endpoint: `${base}/v1/oauth2/token`,
    userinfo_endpoint: `${base}/v1/oauth2/userinfo`,
    jwks_uri: `${base}/.well-known/jwks.json`,
    registration_endpoint: `${base}/v1/oauth2/register`,
    client_id_metadata_document_supported: true,
    scopes_supported: ['openid', 'profile', 'email', 'phone', 'offline_access'],
    id_token_signing_alg_values_supported: ['RS256'],
    subject_types_supported: ['public'],
    code_challenge_methods_supported: ['S256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'none'],
    request_id: 'request-id-test-b05c992f-ebdc-489d-a754-c7e70ba13141',
    status_code: 200,
  }),
  token: {
    alg: 'RS256',
    typ: 'JWT',
    claims: ({ tokenIssuer, client, scopes, values }) => ({
      iss: tokenIssuer,
      sub: 'user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6',
      aud: [values.project],
      client_id: client,
      scope: scopes.join(' '),
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({ iss: tokenIssuer, sub: 'user-test', aud: [client] }),
  registration: 'open',
  scopes: { all: ['openid', 'profile', 'email', 'phone', 'offline_access'] },
  failures: [
    {
      name: 'endpoint set as the audience',
      settings: ({ endpoint }) => ({ OAUTH_AUDIENCE: endpoint }),
      token: {},
      answer: {
        status: 401,
        message: 'The access token was issued for another audience',
        log: ({ values }) => `"found":["${values.project}"]`,
      },
    },
    {
      name: 'issuer of the old domain',
      token: ({ values }) => ({ claims: { iss: `stytch.com/${values.project}` } }),
      answer: {
        status: 401,
        message: 'The access token comes from another issuer',
        log: '"found":"stytch.com/project-test-',
      },
    },
    {
      name: 'no authorization URL',
      provider: {
        unready: {
          status: 400,
          body: {
            status_code: 400,
            error_type: 'authorization_endpoint_not_configured_for_project',
          },
        },
      },
      start: 'The issuer publishes no authorization server metadata',
      says: ['/.well-known/oauth-authorization-server answered with status 400.'],
    },
  ],
};
