import { expect } from 'vitest';
import type { Simulation } from '../support/simulation-data.js';

/** SAP Cloud Identity Services: one JWT is access token and ID token, and says no scopes. */
export const sap: Simulation = {
  places: ['openid-appended'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/oauth2/authorize`,
    token_endpoint: `${base}/oauth2/token`,
    userinfo_endpoint: `${base}/oauth2/userinfo`,
    jwks_uri: `${base}/oauth2/certs`,
    introspection_endpoint: `${base}/oauth2/introspect`,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile', 'offline_access'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['plain', 'S256'],
    authorization_response_iss_parameter_supported: true,
  }),
  token: {
    alg: 'RS256',
    typ: 'JWT',
    claims: ({ tokenIssuer, client, nonce }) => ({
      iss: tokenIssuer,
      ias_iss: tokenIssuer,
      sub: 'P123456',
      aud: client,
      azp: client,
      scim_id: '158a1b2c-7981-4ab9-8079-d824da69c681',
      sap_id_type: 'user',
      email: 'dona.moore@example.com',
      email_verified: true,
      name: 'Dona Moore',
      sid: 'S-SP-example',
      nonce,
    }),
  },
  client: ({ values }) => values.client ?? '',
  registration: { error: 'not_found', description: '', status: 404 },
  scopes: { all: ['openid', 'email', 'profile', 'offline_access'] },
  response: ({ scope: _, ...usual }) => ({ ...usual, id_token: usual.access_token }),
  failures: [
    {
      name: 'access token that equals the ID token, with the nonce that was sent',
      token: { grant: { nonce: 'n' } },
      answer: 200,
    },
    {
      name: 'opaque token after a refresh',
      modes: ['jwt'],
      token: { form: 'opaque' },
      answer: { status: 401, message: 'The access token is not a JWT' },
    },
    {
      name: 'issuer without a protocol',
      provider: { names: () => 'my-tenant.accounts.ondemand.com' },
      start: 'The metadata belongs to another issuer',
      says: ['belongs to the issuer my-tenant.accounts.ondemand.com.'],
    },
    {
      name: 'no scopes in the token response',
      exchange: {},
      gets: {
        status: 200,
        type: 'application/json',
        body: { id_token: expect.any(String) },
        lacks: ['scope'],
      },
    },
    {
      name: 'one JWT for both tokens, and no scopes, at a proxy',
      provider: {},
      person: { granted: ['openid', 'profile', 'email', 'offline_access'] },
    },
    {
      name: 'code that is older than two minutes',
      provider: { codesExpire: true },
      person: 'The login took too long, or its answer was used before',
      log: '"error":"invalid_grant"',
    },
    {
      name: 'client ID that is locked after five failures',
      provider: { exchangeRefusal: { error: 'invalid_client', description: '', status: 401 } },
      person: 'The provider refuses the credentials of this server',
      log: '"error":"invalid_client"',
    },
  ],
};
