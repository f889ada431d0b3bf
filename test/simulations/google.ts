import { expect } from 'vitest';
import type { Facts, Grant, Simulation } from '../support/simulation-data.js';

const idToken = ({ tokenIssuer, client }: Facts & Grant) => ({
  iss: tokenIssuer,
  azp: client,
  aud: client,
  sub: '110169484474386276334',
  hd: 'example.com',
  email: 'a@example.com',
  email_verified: true,
  name: 'Ada Lovelace',
  at_hash: 'h',
});

/** Google: nobody registers, access tokens are opaque, and scopes come back as URIs. */
export const google: Simulation = {
  places: ['openid-appended'],
  document: ({ base, elsewhere }) => ({
    authorization_endpoint: `${base}/o/oauth2/v2/auth`,
    token_endpoint: `${elsewhere}/token`,
    userinfo_endpoint: `${elsewhere}/v1/userinfo`,
    revocation_endpoint: `${elsewhere}/revoke`,
    jwks_uri: `${elsewhere}/oauth2/v3/certs`,
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'email', 'profile'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic'],
    code_challenge_methods_supported: ['plain', 'S256'],
    authorization_response_iss_parameter_supported: true,
  }),
  token: { alg: 'RS256', form: 'opaque', prefix: 'ya29.', claims: () => ({}) },
  idToken,
  client: () => '1234.apps.googleusercontent.com',
  clientRefusal: { error: 'invalid_client', description: 'Unauthorized' },
  redirectRefusal: {
    error: 'redirect_uri_mismatch',
    description: 'Error 400: redirect_uri_mismatch',
  },
  registration: { error: 'not_found', description: '', status: 404 },
  scopes: {
    all: ['openid', 'email', 'profile'],
    refusal: { error: 'invalid_scope', description: 'Some requested scopes were invalid.' },
  },
  response: ({ refresh_token, scope, ...usual }, authorization) => ({
    ...usual,
    scope: scope.replace(/\b(email|profile)\b/g, 'https://www.googleapis.com/auth/userinfo.$1'),
    ...(authorization.get('access_type') === 'offline' &&
      authorization.get('prompt') === 'consent' && { refresh_token }),
  }),
  refresh: {
    ended: { error: 'invalid_grant', description: 'Token has been expired or revoked.' },
  },
  failures: [
    {
      name: 'scopes come back as URIs',
      exchange: {},
      gets: {
        status: 200,
        type: 'application/json',
        body: { scope: 'openid https://www.googleapis.com/auth/userinfo.email' },
      },
    },
    {
      name: 'no refresh token without consent',
      exchange: { parameters: { access_type: 'offline' } },
      gets: { status: 200, type: 'application/json', body: {}, lacks: ['refresh_token'] },
    },
    {
      name: 'access token that is meant for Google',
      exchange: {},
      gets: {
        status: 200,
        type: 'application/json',
        body: { access_token: expect.stringMatching(/^ya29\.[^.]+$/) },
      },
    },
    {
      name: 'scopes that come back as URIs, at a proxy',
      provider: {},
      person: { granted: ['openid', 'email', 'profile'] },
    },
    {
      name: 'person who declines',
      provider: { denies: { error: 'access_denied', description: '' } },
      person: 'The login was refused at the provider',
      log: '"error":"access_denied"',
    },
    {
      name: 'scope that Google does not know',
      settings: () => ({ OAUTH_UPSTREAM_SCOPES: 'openid email offline_access' }),
      person: 'The provider refuses what this server asks for',
      log: '"description":"Some requested scopes were invalid."',
    },
    {
      name: 'Workspace that is admitted',
      settings: () => ({ OAUTH_ALLOWED_USERS: '@example.com' }),
      person: { granted: ['openid', 'email', 'profile'] },
    },
    {
      name: 'address of the domain in an account that is not of the Workspace',
      provider: { idToken: (facts) => ({ ...idToken(facts), hd: undefined }) },
      settings: () => ({ OAUTH_ALLOWED_USERS: '@example.com' }),
      person: 'This account may not use this server',
      log: '"email":"a@example.com","emailVerified":true',
    },
  ],
};
