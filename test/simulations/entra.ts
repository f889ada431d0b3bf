import type { Simulation } from '../support/simulation-data.js';

/** Its metadata names a template, which each token fills in. */
const severalTenants: Partial<Simulation> = {
  path: '/organizations/v2.0',
  names: ({ origin }) => `${origin}/{tenantid}/v2.0`,
};

/** Microsoft Entra ID: no registration, no PKCE in the metadata, and no `resource` but its own. */
export const entra: Simulation = {
  places: ['openid-appended'],
  document: ({ origin, values }) => ({
    authorization_endpoint: `${origin}/${values.tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${origin}/${values.tenant}/oauth2/v2.0/token`,
    jwks_uri: `${origin}/${values.tenant}/discovery/v2.0/keys`,
    userinfo_endpoint: 'https://graph.microsoft.com/oidc/userinfo',
    response_types_supported: ['code', 'id_token', 'code id_token', 'id_token token'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
  }),
  token: {
    alg: 'RS256',
    typ: 'JWT',
    claims: ({ origin, values, client, scopes }) => ({
      aud: values.client,
      iss: `${origin}/${values.tenant}/v2.0`,
      azp: client,
      azpacr: '1',
      name: 'Abe Lincoln',
      oid: '690222be-ff1a-4d56-abd1-7e4f7d38e474',
      sub: 'HKZpfaHyWadeOouYlitjrI-KffTm222X5rrV3xDqfKQ',
      tid: values.tenant,
      scp: scopes.map((scope) => scope.replace(/^.*\//, '')).join(' '),
      ver: '2.0',
    }),
  },
  idToken: ({ origin, values, client }) => ({
    aud: client,
    iss: `${origin}/${values.tenant}/v2.0`,
    sub: 'AAAA',
    tid: values.tenant,
    ver: '2.0',
  }),
  // One app registration is client and API.
  client: ({ values }) => values.client ?? '',
  registration: { error: 'not_found', description: '', status: 404 },
  scopes: {
    all: ['openid', 'profile', 'email', 'offline_access', 'api://{client}/access_as_user'],
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
  ],
};
