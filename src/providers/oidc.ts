/** Any OpenID Connect provider that issues JWT access tokens. */
import type { Provider } from './types.js';

export const oidc = {
  id: 'oidc',
  aliases: [],
  title: 'OpenID Connect',
  summary: 'any OpenID Connect or RFC 8414 provider',
  mode: 'jwt',
  modes: ['jwt', 'introspection'],
  modeReason:
    'Access tokens that are JWTs are verified with the keys of the provider. For opaque ones there is introspection.',
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
  steps: [
    'Publish OpenID Connect or RFC 8414 metadata at its well-known path.',
    'Issue access tokens as JWTs, signed with a key that the JWKS publishes.',
    'Name this server in `aud` of its access tokens: the value of `OAUTH_AUDIENCE`.',
    'Let MCP clients get a client id: by Client ID Metadata Documents, by Dynamic Client Registration, or by hand.',
  ],
  errors: [],
  pages: [],
  unverified: [],
} satisfies Provider;
