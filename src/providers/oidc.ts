/** Any OpenID Connect provider. */
import type { Provider } from './types.js';

export const oidc = {
  id: 'oidc',
  aliases: [],
  title: 'OpenID Connect',
  summary: 'any OpenID Connect or RFC 8414 provider',
  mode: 'jwt',
  modes: ['jwt', 'introspection', 'proxy'],
  modeReason:
    'Access tokens that are JWTs are verified with the keys of the provider. For opaque ones there is `introspection`. `proxy` is for providers that nobody can register MCP clients with: this server registers them, and is itself one client of the provider.',
  variables: [],
  // What --issuer says; without it, the development identity provider.
  issuer: '',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation: 'Access tokens name this server in `aud`: the value of `OAUTH_AUDIENCE`.',
  },
  tokenFormat: 'Access tokens are JWTs, signed with a key that the JWKS of the provider publishes.',
  scopes: {
    default: ['openid'],
    claims: ['scope', 'scp'],
    explanation: 'Every OpenID provider can grant `openid`.',
  },
  registration: {
    cimd: 'setting',
    dcr: 'setting',
    manual: 'As the provider documents it.',
  },
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    identityClaims: ['name', 'email', 'preferred_username'],
    // Whose accounts these are is not known here.
    openTo: '.',
    explanation:
      'The ID token says who logged in: `sub` identifies a person, `name` and `email` are for people to read. Where it has no address, the server asks the userinfo endpoint. The scope `offline_access` is how OpenID Connect asks for a refresh token, without which a login ends with its first access token; a provider that does not know the scope refuses it, and then it has to leave `OAUTH_UPSTREAM_SCOPES`.',
  },
  steps: [
    'Publish OpenID Connect or RFC 8414 metadata at its well-known path.',
    {
      modes: ['jwt'],
      text: 'Issue access tokens as JWTs, signed with a key that the JWKS publishes.',
    },
    {
      modes: ['introspection'],
      text: 'Register this server as a client that may use the introspection endpoint, and copy its credentials into `OAUTH_CLIENT_ID` and `OAUTH_CLIENT_SECRET`.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Name this server in `aud` of its access tokens: the value of `OAUTH_AUDIENCE`.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Let MCP clients get a client id: by Client ID Metadata Documents, by Dynamic Client Registration, or by hand.',
    },
    {
      modes: ['proxy'],
      text: 'Register one client for this server: a web application with a secret (a confidential client) that may use the grant types authorization code, with PKCE, and refresh token.',
    },
    {
      modes: ['proxy'],
      text: 'Its redirect URI is the `PUBLIC_URL` of this server followed by `/oauth/callback`; `http://localhost:3000/oauth/callback` for development.',
    },
    {
      modes: ['proxy'],
      text: 'Copy its client ID into `OAUTH_CLIENT_ID` and its secret into `OAUTH_CLIENT_SECRET`.',
    },
    {
      modes: ['proxy'],
      text: 'Let the client request what `OAUTH_UPSTREAM_SCOPES` has. If `OAUTH_ALLOWED_USERS` names addresses, ID tokens or the userinfo endpoint have to have `email` and `email_verified`.',
    },
    {
      modes: ['proxy'],
      text: 'Say in `OAUTH_ALLOWED_USERS` who may log in: `*` only if all who have an account there are yours.',
    },
  ],
  errors: [],
  pages: [],
  unverified: [],
} satisfies Provider;
