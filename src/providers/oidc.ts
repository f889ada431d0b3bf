/** Any OpenID Connect provider that issues JWT access tokens. */
import type { Provider } from './types.js';

export const oidc = {
  id: 'oidc',
  title: 'OpenID Connect',
  summary: 'any OpenID Connect provider that issues JWT access tokens',
  mode: 'jwt',
  issuerExample: 'https://id.example.com',
  scopes: ['openid'],
  setup: [
    'It publishes OpenID Connect or RFC 8414 metadata at its well-known path.',
    'Its access tokens are JWTs, signed with a key that its JWKS publishes.',
    'Its access tokens name this server in "aud": the value of OAUTH_AUDIENCE.',
    'MCP clients can get a client id: by Client ID Metadata Documents, by dynamic registration, or from you.',
  ],
} satisfies Provider;
