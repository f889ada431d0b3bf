import type { Simulation } from '../support/simulation-data.js';

/** Keycloak: tokens name this server only if a mapper says so, and strangers may not register. */
export const keycloak: Simulation = {
  places: ['oauth-inserted', 'oauth-appended', 'openid-appended'],
  document: ({ base }) => ({
    authorization_endpoint: `${base}/protocol/openid-connect/auth`,
    token_endpoint: `${base}/protocol/openid-connect/token`,
    introspection_endpoint: `${base}/protocol/openid-connect/token/introspect`,
    userinfo_endpoint: `${base}/protocol/openid-connect/userinfo`,
    jwks_uri: `${base}/protocol/openid-connect/certs`,
    registration_endpoint: `${base}/clients-registrations/openid-connect`,
    scopes_supported: ['openid', 'basic', 'profile', 'email', 'offline_access', 'mcp:use'],
    subject_types_supported: ['public', 'pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    code_challenge_methods_supported: ['plain', 'S256'],
    // Public clients work, although the list does not have "none".
    token_endpoint_auth_methods_supported: ['private_key_jwt', 'client_secret_basic'],
    authorization_response_iss_parameter_supported: true,
  }),
  oddKeys: [{ kty: 'RSA', use: 'enc', alg: 'RSA-OAEP', kid: 'enc-1', e: 'AQAB', n: 'AQAB' }],
  token: {
    alg: 'RS256',
    typ: 'JWT',
    claims: ({ tokenIssuer, endpoint, client, scopes }) => ({
      iss: tokenIssuer,
      aud: [endpoint, 'account'],
      sub: 'f3c1a0de-0000-4000-8000-000000000001',
      typ: 'Bearer',
      azp: client,
      sid: 's1',
      scope: [...scopes, 'profile', 'email'].join(' '),
      preferred_username: 'alice',
    }),
  },
  idToken: ({ tokenIssuer, client }) => ({
    iss: tokenIssuer,
    aud: client,
    typ: 'ID',
    azp: client,
    sub: 'f3c1a0de-0000-4000-8000-000000000001',
    name: 'Alice Liddell',
    preferred_username: 'alice',
    email: 'alice@example.com',
    email_verified: false,
    at_hash: 'h',
  }),
  clientRefusal: {
    error: 'unauthorized_client',
    description: 'Invalid client or Invalid client credentials',
  },
  redirectRefusal: {
    error: 'invalid_request',
    description: 'Invalid parameter: redirect_uri',
  },
  refresh: {
    rotates: true,
    ended: { error: 'invalid_grant', description: 'Token is not active' },
  },
  registration: 'open',
  scopes: {
    all: ['openid', 'basic', 'profile', 'email', 'offline_access', 'mcp:use'],
    // The realm's default and optional client scopes.
    default: ['openid', 'basic', 'profile', 'email', 'offline_access', 'mcp:use'],
    refusal: { error: 'invalid_scope', description: 'Invalid scopes: {scope}' },
  },
  failures: [
    {
      name: 'no audience mapper',
      token: { claims: { aud: undefined } },
      answer: {
        status: 401,
        message: 'The access token was issued for another audience',
        log: '"found":[]',
      },
    },
    {
      name: 'issuer of another host name',
      provider: { names: () => 'http://keycloak:8080/realms/myrealm' },
      start: 'The metadata belongs to another issuer',
      says: ['belongs to the issuer http://keycloak:8080/realms/myrealm.'],
    },
    {
      name: 'registration refused by the policy of trusted hosts',
      provider: {
        registration: {
          error: 'insufficient_scope',
          description:
            "Policy 'Trusted Hosts' rejected request to client-registration service. Details: Host not trusted.",
        },
      },
      login: {},
      refused: "Policy 'Trusted Hosts' rejected request",
    },
    {
      name: 'ID token',
      modes: ['jwt'],
      token: { kind: 'id' },
      answer: { status: 401, message: 'The token is not an access token' },
    },
    {
      name: 'person without the role offline_access',
      provider: {
        exchangeRefusal: {
          error: 'not_allowed',
          description: 'Offline tokens not allowed for the user or client',
        },
      },
      person: 'The provider refuses what this server asks for',
      log: '"description":"Offline tokens not allowed for the user or client"',
    },
    {
      name: 'realm on localhost, where no address is verified',
      settings: () => ({ OAUTH_ALLOWED_USERS: '@example.com' }),
      person: 'This account may not use this server',
      log: '"emailVerified":false',
    },
  ],
};
