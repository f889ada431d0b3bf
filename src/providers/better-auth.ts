import type { Provider } from './types.js';

export const betterAuth = {
  id: 'better-auth',
  aliases: [],
  title: 'Better Auth',
  summary: 'an application with Better Auth and its OAuth provider plugin',
  mode: 'jwt',
  modes: ['jwt', 'introspection', 'proxy'],
  modeReason:
    'With the plugin `jwt` access tokens for a resource are JWTs, so the server only verifies them. `introspection` is for applications without that plugin, whose tokens are opaque. `proxy` is for applications where clients must not register.',
  variables: [
    {
      name: 'url',
      title: 'Origin of the application',
      example: 'https://app.acme.example',
      pattern: '^https?://[A-Za-z0-9.-]+(?::[0-9]+)?$',
      where:
        'What `baseURL` of `betterAuth()` or the variable `BETTER_AUTH_URL` says, without a path. With a `basePath` of your own, give `--issuer` instead.',
    },
  ],
  issuer: '{url}/api/auth',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation:
      'Access tokens name in `aud` the `resource` that the client asked for; with the scope `openid` it is a list, which has the userinfo endpoint too. Which resources there are, and which of them a client may ask for, is configured: `resources` and `clientRegistrationDefaultResources`, byte for byte, without a slash at the end.',
  },
  tokenFormat:
    'JWT with the header `typ` `at+jwt`, signed with EdDSA unless the plugin `jwt` is told otherwise. Without that plugin, or without `resource`, they are opaque.',
  scopes: {
    default: ['mcp:use'],
    claims: ['scope'],
    explanation:
      '`scope` is a string with spaces. A scope has to stand in `scopes` of the plugin before a client may register or request it; clients that register are then allowed all of them. A refresh token comes with the scope `offline_access` only: clients that do not ask for it log in again every hour.',
  },
  registration: {
    cimd: 'setting',
    dcr: 'setting',
    manual:
      '`auth.api.adminCreateOAuthClient` on the server, with the headers of somebody who is logged in, and in `body` the members `client_name`, `redirect_uris`, `application_type` `native` and `token_endpoint_auth_method` `none`.',
  },
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    identityClaims: ['name', 'email'],
    explanation:
      'The ID token says who logged in: `sub` identifies a person. Names and addresses are at the userinfo endpoint, where the server asks for them; `email_verified` is what the application knows about the address. A refresh token needs the scope `offline_access`, and is another one after each use. Whoever has an account in the application can log in.',
  },
  steps: [
    'In `auth.ts`, add the plugin `oauthProvider` of `@better-auth/oauth-provider` with `loginPage` and `consentPage`, two pages of yours, and let its tables be made (`npx auth migrate` or `npx auth generate`).',
    {
      modes: ['jwt', 'proxy'],
      text: 'Add the plugin `jwt` of `better-auth/plugins` too: it signs tokens with a key that is published.',
    },
    {
      modes: ['introspection'],
      text: 'Set its `disableJwtPlugin` to `true`. Otherwise access tokens are JWTs, which a server can check without asking.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Name the endpoint in `resources` of the plugin, and again in `clientRegistrationDefaultResources`, both as a list: `{resource}`. Without the second, clients that registered may not ask for it.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Name in `scopes` of the plugin what clients may request: `openid`, `profile`, `email`, `offline_access`, and those of this server, `mcp:use` and `mcp:admin`.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Let clients in: set `allowDynamicClientRegistration` and `allowUnauthenticatedClientRegistration` to `true`, or add the plugin of `@better-auth/cimd` for those that are known by a document.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Programs on people’s computers that register `http://localhost` without `application_type` are refused (among them those with the SDK 1.x). A hook `before` for the path `/oauth2/register` lets them in: where that member is missing and every redirect URI is on `localhost`, `127.0.0.1` or `[::1]`, it adds `application_type` `native`.',
    },
    {
      modes: ['introspection'],
      text: 'Answer at `/.well-known/oauth-authorization-server/api/auth` with `oauthProviderAuthServerMetadata(auth)`. The OpenID metadata, which are at `/api/auth/.well-known/openid-configuration` anyway, have no `jwks_uri` without the plugin `jwt`, and clients take them for invalid.',
    },
    {
      modes: ['introspection'],
      text: 'Create a client for this server with `auth.api.adminCreateOAuthClient` and `grant_types` `client_credentials`, and copy `client_id` and `client_secret` into `OAUTH_CLIENT_ID` and `OAUTH_CLIENT_SECRET`. Introspection is limited to 100 questions a minute in production: raise `rateLimit.introspect` of the plugin if there are more tokens than that.',
    },
    {
      modes: ['proxy'],
      text: 'Create a client for this server with `auth.api.adminCreateOAuthClient`: `redirect_uris` is the `PUBLIC_URL` of this server followed by `/oauth/callback`, `grant_types` are `authorization_code` and `refresh_token`, `token_endpoint_auth_method` is `client_secret_basic`. For `http://localhost:3000/oauth/callback` `application_type` has to be `native`.',
    },
    {
      modes: ['proxy'],
      text: 'Copy `client_id` and `client_secret` of the answer into `OAUTH_CLIENT_ID` and `OAUTH_CLIENT_SECRET`; the secret is shown only once.',
    },
  ],
  errors: [
    {
      modes: ['jwt', 'introspection'],
      message: 'web clients require https redirect URIs on non-loopback hosts',
      cure: 'The client registered an address on its computer without saying that it is a program there. Add the hook for `/oauth2/register` that is described above, or update the client.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'requested resource … is not configured',
      cure: 'Add `{resource}` to `resources` of the plugin, spelled as `resource` in the metadata of this server.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'client … is not linked to resource(s) …',
      cure: 'The client was registered before `clientRegistrationDefaultResources` named `{resource}`. Let it register again, or link it with `auth.api.adminLinkClientResource`.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'cannot request scope mcp:use',
      cure: 'Add the scope to `scopes` of the plugin.',
    },
    {
      modes: ['proxy'],
      message: 'invalid redirect uri',
      cure: 'Register the `PUBLIC_URL` of this server followed by `/oauth/callback`, character for character.',
    },
  ],
  pages: [
    {
      title: 'OAuth 2.1 Provider',
      url: 'https://better-auth.com/docs/plugins/oauth-provider',
      checked: '2026-11-21',
    },
    {
      title: 'Tokens, scopes, and resources',
      url: 'https://better-auth.com/docs/plugins/oauth-provider/tokens',
      checked: '2026-11-21',
    },
    { title: 'MCP', url: 'https://better-auth.com/docs/plugins/mcp', checked: '2026-11-21' },
  ],
  unverified: [
    'Names of options, errors, limits and the form of tokens are those of `better-auth` and `@better-auth/oauth-provider` 1.7.5, with which every mode was tried; other versions may differ.',
    {
      modes: ['jwt', 'introspection'],
      text: 'Client ID Metadata Documents were not tried.',
    },
  ],
} satisfies Provider;
