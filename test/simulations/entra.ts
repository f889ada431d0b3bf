import type { Facts, Grant, Simulation } from '../support/simulation-data.js';

/** The tenant of the person, which the issuer of several tenants does not name. */
const tenantOf = ({ values: { tenant = '' } }: Facts) =>
  /^(common|organizations)$/.test(tenant) ? '8eaef023-2b34-4da1-9baa-8bc8c9d6a490' : tenant;

const idToken = (facts: Facts & Grant) => ({
  aud: facts.client,
  iss: `${facts.origin}/${tenantOf(facts)}/v2.0`,
  sub: 'AAAAAAAAAAAAAAAAAAAAAIkzqFVrSaSaFHy782bbtaQ',
  tid: tenantOf(facts),
  oid: '690222be-ff1a-4d56-abd1-7e4f7d38e474',
  name: 'Abe Lincoln',
  preferred_username: 'abeli@microsoft.com',
  email: 'abeli@microsoft.com',
  ver: '2.0',
});

/** Its metadata names a template, which each token fills in. */
export const severalTenants: Partial<Simulation> = {
  path: '/organizations/v2.0',
  names: ({ origin }) => `${origin}/{tenantid}/v2.0`,
};

/** Microsoft Entra ID: no registration, no PKCE in the metadata, and no `resource` but its own. */
export const entra: Simulation = {
  places: ['openid-appended'],
  document: ({ origin, elsewhere, values }) => ({
    authorization_endpoint: `${origin}/${values.tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/${values.tenant}/oauth2/v2.0/token`,
    jwks_uri: `${origin}/${values.tenant}/discovery/v2.0/keys`,
    userinfo_endpoint: `${elsewhere}/oidc/userinfo`,
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
  }),
  token: {
    alg: 'RS256',
    typ: 'JWT',
    claims: ({ scopes, ...facts }) => ({
      aud: facts.values.client,
      iss: `${facts.origin}/${tenantOf(facts)}/v2.0`,
      azp: facts.client,
      azpacr: '1',
      name: 'Abe Lincoln',
      oid: '690222be-ff1a-4d56-abd1-7e4f7d38e474',
      sub: 'HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ',
      tid: tenantOf(facts),
      scp: scopes.map((scope) => scope.replace(/^.*\//, '')).join(' '),
      ver: '2.0',
    }),
  },
  idToken,
  // One app registration is client and API.
  client: ({ values }) => values.client ?? '',
  clientRefusal: {
    error: 'invalid_client',
    description: 'AADSTS7000215: Invalid client secret provided.',
  },
  redirectRefusal: {
    error: 'invalid_request',
    description:
      'AADSTS50011: The redirect URI specified in the request does not match the redirect URIs configured for the application.',
  },
  registration: { error: 'not_found', description: '', status: 404 },
  scopes: {
    all: [
      ...['openid', 'profile', 'email', 'offline_access'],
      ...['api://{client}/access_as_user', 'api://{client}/read', 'api://{client}/my.write'],
      'https://graph.microsoft.com/User.Read',
    ],
    refusal: {
      error: 'invalid_client',
      description: "AADSTS650053: The application asked for scope '{scope}' that doesn't exist.",
    },
  },
  resource: {
    known: ({ values }) => `api://${values.client}`,
    unknown: {
      error: 'invalid_target',
      description:
        "AADSTS9010010: The resource parameter provided in the request doesn't match with the requested scopes.",
    },
  },
  // It never names offline_access, and gives a refresh token only for it.
  response: ({ scope, refresh_token, ...usual }) => ({
    ...usual,
    scope: scope.replace(' offline_access', ''),
    ...(scope.includes('offline_access') && { refresh_token }),
  }),
  refresh: {
    rotates: true,
    scopeless: {
      error: 'invalid_request',
      description: "AADSTS900144: The request body must contain the following parameter: 'scope'.",
    },
    ended: {
      error: 'invalid_grant',
      description: 'AADSTS50173: The provided grant has expired due to it being revoked.',
    },
  },
  severalApis: {
    error: 'invalid_request',
    description:
      'AADSTS28000: Provided value for the input parameter scope is not valid because it contains more than one resource.',
  },
  failures: [
    {
      name: 'version 1 token',
      token: ({ values }) => ({
        claims: {
          iss: `https://sts.windows.net/${values.tenant}/`,
          aud: `api://${values.client}`,
          azp: undefined,
          appid: values.client,
          ver: '1.0',
        },
      }),
      answer: {
        status: 401,
        message: 'The access token comes from another issuer',
        log: 'set requestedAccessTokenVersion to 2',
      },
    },
    {
      name: 'several tenants',
      provider: severalTenants,
      token: {},
      answer: 200,
    },
    {
      name: 'several tenants, and a token that names two of them',
      provider: severalTenants,
      token: { claims: { tid: '9188040d-6c67-4c5b-b112-36a304b66dad' } },
      answer: { status: 401, message: 'The access token comes from another issuer' },
    },
    {
      name: 'client that sends the resource it was told',
      login: { byHand: true },
      refused: 'AADSTS9010010',
    },
    {
      name: 'token for Microsoft Graph',
      token: { claims: { aud: '00000003-0000-0000-c000-000000000000' } },
      answer: { status: 401, message: 'The access token was issued for another audience' },
    },
    {
      name: 'plain scopes of the API of this server',
      settings: () => ({
        OAUTH_UPSTREAM_SCOPES: 'openid profile email offline_access read my.write',
      }),
      person: { granted: ['openid', 'profile', 'email', 'read', 'my.write', 'offline_access'] },
    },
    {
      name: 'scope of Microsoft Graph, written out',
      settings: () => ({
        OAUTH_UPSTREAM_SCOPES: 'openid offline_access https://graph.microsoft.com/User.Read',
      }),
      person: {
        granted: ['openid', 'https://graph.microsoft.com/User.Read', 'offline_access'],
      },
    },
    {
      name: 'scope of Microsoft Graph, not written out',
      settings: () => ({ OAUTH_UPSTREAM_SCOPES: 'openid User.Read' }),
      person: 'The provider refuses what this server asks for',
      log: ({ values }) => `asked for scope 'api://${values.client}/User.Read' that doesn't exist`,
    },
    {
      name: 'scopes of two APIs at once',
      settings: () => ({
        OAUTH_UPSTREAM_SCOPES: 'openid read https://graph.microsoft.com/User.Read',
      }),
      person: 'The provider refuses what this server asks for',
      log: 'AADSTS28000',
    },
    {
      name: 'person who does not consent',
      provider: {
        denies: {
          error: 'access_denied',
          description: 'AADSTS65004: User declined to consent to access the app.',
        },
      },
      person: 'The login was refused at the provider',
      log: 'AADSTS65004',
    },
    {
      name: 'ID token of another tenant',
      provider: {
        idToken: (facts) => ({
          ...idToken(facts),
          iss: `${facts.origin}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0`,
        }),
      },
      person: 'The answer of the provider is not valid',
      log: ({ origin }) => `"found":"${origin}/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"`,
    },
    {
      name: 'tenant that is not admitted',
      settings: () => ({ OAUTH_ALLOWED_USERS: '@9188040d-6c67-4c5b-b112-36a304b66dad' }),
      person: 'This account may not use this server',
      log: (facts) => `"domain":"${tenantOf(facts)}"`,
    },
    {
      name: 'tenant that is admitted',
      settings: (facts) => ({ OAUTH_ALLOWED_USERS: `@${tenantOf(facts)}` }),
      person: { granted: ['openid', 'profile', 'email', 'offline_access'] },
    },
    {
      name: 'address that nobody has verified',
      settings: () => ({ OAUTH_ALLOWED_USERS: 'abeli@microsoft.com' }),
      person: 'This account may not use this server',
      log: '"emailVerified":false',
    },
  ],
};
