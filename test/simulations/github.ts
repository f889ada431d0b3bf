import { expect } from 'vitest';
import type { Simulation } from '../support/simulation-data.js';

/** The profile shows an address that may be anybody's. */
const user = { id: 583231, login: 'octocat', name: 'Monalisa Octocat', email: 'ceo@example.com' };
const emails = (verified: boolean) => [
  { email: 'octocat@users.noreply.github.com', primary: false, verified: true, visibility: null },
  { email: 'octocat@github.com', primary: true, verified, visibility: 'public' },
];
const apis =
  (verified: boolean): NonNullable<Simulation['apis']> =>
  ({ scopes }) => {
    const headers = { 'x-oauth-scopes': scopes.join(', ') };
    const mayReadAddresses = scopes.some((scope) => ['user', 'user:email'].includes(scope));
    return {
      '/user': { headers, body: user },
      ...(mayReadAddresses && { '/user/emails': { headers, body: emails(verified) } }),
    };
  };

/** GitHub: OAuth without OpenID Connect, forms for answers, and errors that look like successes. */
export const github: Simulation = {
  places: ['oauth-inserted'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/authorize`,
    token_endpoint: `${base}/access_token`,
    grant_types_supported: ['authorization_code', 'refresh_token'],
    code_challenge_methods_supported: ['S256'],
  }),
  token: { alg: 'RS256', form: 'opaque', prefix: 'gho_', claims: () => ({}) },
  client: () => 'Ov23liAbcdefGhijklMn',
  clientAuthentication: ['client_secret_post'],
  clientRefusal: {
    error: 'incorrect_client_credentials',
    description: 'The client_id and/or client_secret passed are incorrect.',
    status: 200,
  },
  redirectRefusal: {
    error: 'redirect_uri_mismatch',
    description: 'The redirect_uri MUST match the registered callback URL for this application.',
  },
  userInfo: () => ({ ...user, email: 'octocat@github.com' }),
  apis: apis(true),
  apiRefusal: { message: 'Bad credentials', status: '401' },
  needsUserAgent: true,
  settings: ({ elsewhere }) => ({ OAUTH_USERINFO_URL: `${elsewhere}/user` }),
  registration: { error: 'not_found', description: '', status: 404 },
  scopes: { all: ['read:user', 'user', 'user:email', 'gist'] },
  response: ({ access_token, scope }) => ({
    access_token,
    scope: scope.replaceAll(' ', ','),
    token_type: 'bearer',
  }),
  formEncoded: 'unless JSON is asked for',
  codeRefusal: {
    error: 'bad_verification_code',
    description: 'The code passed is incorrect or expired.',
  },
  failures: [
    {
      name: 'a form for an answer',
      exchange: { accept: '*/*' },
      gets: {
        status: 200,
        type: 'application/x-www-form-urlencoded',
        body: { scope: 'read:user', access_token: expect.stringMatching(/^gho_/) },
      },
    },
    {
      name: 'an error with the status of a success',
      exchange: { code: 'wrong' },
      gets: {
        status: 200,
        type: 'application/json',
        body: { error: 'bad_verification_code' },
        lacks: ['access_token'],
      },
    },
    {
      name: 'no expiry',
      exchange: {},
      gets: {
        status: 200,
        type: 'application/json',
        body: { token_type: 'bearer' },
        lacks: ['expires_in', 'refresh_token', 'id_token'],
      },
    },
    {
      name: 'form for an answer, whatever is asked for',
      provider: { formEncoded: 'always' },
      person: { granted: ['read:user', 'user:email'] },
    },
    {
      name: 'scope that includes another, which is not named then',
      provider: { response: ({ scope: _, ...usual }) => ({ ...usual, scope: 'user' }) },
      settings: () => ({ OAUTH_UPSTREAM_SCOPES: 'user user:email' }),
      person: { granted: ['user'] },
    },
    {
      name: 'code that has expired',
      provider: { codesExpire: true },
      person: 'The login took too long, or its answer was used before',
      log: '"error":"bad_verification_code"',
    },
    {
      name: 'account without a verified address',
      provider: {
        denies: {
          error: 'unverified_user_email',
          description: 'The user must have a verified primary email.',
        },
      },
      person: 'The provider refuses what this server asks for',
      log: '"error":"unverified_user_email"',
    },
    {
      name: 'address that is verified and primary',
      settings: () => ({ OAUTH_ALLOWED_USERS: 'octocat@github.com' }),
      person: { granted: ['read:user', 'user:email'] },
    },
    {
      name: 'address that is not verified',
      provider: { apis: apis(false) },
      settings: () => ({ OAUTH_ALLOWED_USERS: 'octocat@github.com' }),
      person: 'This account may not use this server',
      log: '"subject":"583231","emailVerified":false',
    },
    {
      name: 'address that only the profile shows',
      settings: () => ({ OAUTH_ALLOWED_USERS: 'ceo@example.com' }),
      person: 'This account may not use this server',
      log: '"email":"octocat@github.com"',
    },
  ],
};
