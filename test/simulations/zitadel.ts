import type { Facts, Grant, Simulation } from '../support/simulation-data.js';

const project = 'urn:zitadel:iam:org:project:id:{project}:aud';

/** Without the setting User Info inside ID Token. */
const idToken = ({ tokenIssuer, client }: Facts & Grant) => ({
  iss: tokenIssuer,
  sub: '77776025198584418',
  aud: [client],
  azp: client,
  at_hash: 'h',
});

const person = {
  name: 'Ada Lovelace',
  preferred_username: 'ada',
  email: 'ada@example.com',
  email_verified: true,
};

/** ZITADEL: opaque tokens for clients that register, and an audience only for those that ask. */
export const zitadel: Simulation = {
  places: ['openid-appended'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/oauth/v2/authorize`,
    token_endpoint: `${base}/oauth/v2/token`,
    introspection_endpoint: `${base}/oauth/v2/introspect`,
    userinfo_endpoint: `${base}/oidc/v1/userinfo`,
    jwks_uri: `${base}/oauth/v2/keys`,
    registration_endpoint: `${base}/oauth/v2/register`,
    scopes_supported: ['openid', 'profile', 'email', 'phone', 'address', 'offline_access'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post'],
    code_challenge_methods_supported: ['S256'],
  }),
  token: {
    alg: 'RS256',
    typ: 'JWT',
    claims: ({ tokenIssuer, client, scopes, values }) => ({
      iss: tokenIssuer,
      sub: '77776025198584418',
      aud: scopes.some((scope) => scope.includes(`:${values.project}:`))
        ? [client, values.project]
        : [client],
      azp: client,
    }),
  },
  idToken: (facts) => ({ ...idToken(facts), ...person }),
  userInfo: () => ({ sub: '77776025198584418', ...person }),
  response: ({ refresh_token, ...usual }) => ({
    ...usual,
    ...(usual.scope.includes('offline_access') && { refresh_token }),
  }),
  refresh: { rotates: true },
  client: () => '341234567890120001',
  registration: 'open',
  scopes: { all: ['openid', 'profile', 'email', 'phone', 'address', 'offline_access', project] },
  failures: [
    {
      name: 'opaque token',
      modes: ['jwt'],
      token: { form: 'opaque' },
      answer: { status: 401, message: 'The access token is not a JWT' },
    },
    {
      name: 'opaque token',
      modes: ['introspection'],
      token: { form: 'opaque' },
      answer: 200,
    },
    {
      name: 'audience scope not requested',
      modes: ['jwt'],
      token: { grant: { scopes: ['openid', 'profile', 'email'] } },
      answer: { status: 401, message: 'The access token was issued for another audience' },
    },
    {
      name: 'audience scope not requested',
      modes: ['introspection'],
      token: { claims: { active: false } },
      answer: { status: 401, message: 'The access token is not active' },
    },
    {
      name: 'keys rotated without notice',
      modes: ['jwt'],
      token: { key: 'later' },
      answer: 200,
    },
    {
      name: 'address, without User Info inside ID Token',
      provider: { idToken },
      settings: () => ({ OAUTH_ALLOWED_USERS: 'ada@example.com' }),
      person: { granted: ['openid', 'profile', 'email', 'offline_access'] },
    },
  ],
};
