import type { Provider } from './types.js';

export const clerk = {
  id: 'clerk',
  aliases: [],
  title: 'Clerk',
  summary: 'Clerk instances; MCP clients register with Clerk by DCR, or CIMD in beta',
  mode: 'jwt',
  modes: ['jwt', 'introspection', 'proxy'],
  modeReason:
    'Clerk registers MCP clients and issues JWTs by default, so this server only verifies tokens. `introspection` is for instances that issue opaque tokens (`oat_…`) to be able to revoke them at once. `proxy` is for instances where MCP clients shall not register.',
  variables: [
    {
      name: 'domain',
      title: 'Host of the Frontend API URL',
      example: 'verb-noun-00.clerk.accounts.dev',
      pattern: '^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,}$',
      where:
        'Clerk Dashboard > **API keys**, **Frontend API URL** without `https://`. In production it is `clerk.` before your own domain.',
    },
  ],
  issuer: 'https://{domain}',
  hosts: '\\.clerk\\.accounts\\.dev$|^clerk\\.',
  audience: {
    strategy: 'optional',
    value: '{resource}',
    explanation:
      'A client that sends `resource={resource}`, as MCP clients do, gets an access token with that URL in `aud`. A token with another `aud` is refused. Tokens of clients that send no `resource` have no `aud`: they are accepted because their `client_id` shows that an OAuth client got them, but nothing binds them to this server, so let only clients that you trust register. Session tokens of the same instance have neither `aud` nor `client_id`, and are refused.',
  },
  tokenFormat:
    'JWT, RS256, with `client_id`, valid for one day. That is the default; **Generate access tokens as JWTs** on the **Settings** tab of the OAuth applications page turns it off and on. Opaque tokens begin with `oat_`. A JWT cannot be revoked before it expires.',
  scopes: {
    default: ['profile', 'email'],
    claims: ['scp', 'scope'],
    explanation:
      'Granted scopes are in `scp`, an array, or in `scope`, a string with spaces. A client may only request scopes that it registered with; one that registered without `scope` has the **Default scopes** of the instance. So publish only what each of them has. Scopes of your own are made on the **Scopes** tab; each must be assigned to the applications that may request it.',
  },
  registration: {
    cimd: 'setting',
    dcr: 'setting',
    manual:
      'Clerk Dashboard > **OAuth applications** > **Add OAuth application**: **Name** and **Scopes**, **Add**; then **Redirect URIs** on the page of the application, and **Public** for a client without a secret. Client ID Metadata Documents are in beta: the support of Clerk enables them for an account.',
  },
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    identityClaims: ['name', 'email', 'preferred_username'],
    explanation:
      'The ID token says who logged in: `sub` identifies a person; name and address come with `profile` and `email`. A refresh token comes with the scope `offline_access` and does not end; access tokens last a day. An application may request only the scopes that it has. Whoever can sign in to the instance, or sign up there, can log in.',
  },
  steps: [
    {
      modes: ['jwt', 'introspection'],
      text: 'Open [**OAuth applications**](https://dashboard.clerk.com/~/oauth-applications) in the Clerk Dashboard.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'On its tab **Settings**, leave **Generate access tokens as JWTs** on.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Let MCP clients in. If your account has the beta of Client ID Metadata Documents: on the tab **CIMD Clients** turn on **Advertise CIMD support** and **Only allow pre-registered clients to connect** together, then select **Pre-register** and allow each client by its **Client ID URL**.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'For clients without CIMD, turn on **Dynamic client registration**. Then anybody can register clients, and the consent screen cannot be switched off.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Set **Default scopes** so that they contain everything in `OAUTH_SCOPES`, at least `profile` and `email`. Clients that register without scopes have these.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Keep the Account Portal enabled, or set a consent page of your own: people approve each client there.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Set `OAUTH_ISSUER_URL=https://{domain}`, without a final slash, and `OAUTH_AUDIENCE={resource}`.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'To register a client by hand instead: **Add OAuth application** with the scopes of `OAUTH_SCOPES`, turn on **Public**, and add the redirect URIs of the MCP client under **Redirect URIs**. People enter its **Client ID** in their MCP client.',
    },
    {
      modes: ['proxy'],
      text: 'Open [**OAuth applications**](https://dashboard.clerk.com/~/oauth-applications) in the Clerk Dashboard and select **Add OAuth application**: a **Name**, the **Scopes** `openid`, `profile`, `email` and `offline_access`, then **Add**. Leave **Public** off.',
    },
    {
      modes: ['proxy'],
      text: 'Copy **Client ID** into `OAUTH_CLIENT_ID` and **Client Secret** into `OAUTH_CLIENT_SECRET`; the secret is shown only once.',
    },
    {
      modes: ['proxy'],
      text: 'On the page of the application, under **Redirect URIs**, add the `PUBLIC_URL` of this server followed by `/oauth/callback`, and `http://localhost:3000/oauth/callback` for development.',
    },
    {
      modes: ['proxy'],
      text: 'Keep the Account Portal enabled, or set a consent page of your own: people approve the application there.',
    },
    {
      modes: ['proxy'],
      text: 'Set `OAUTH_ISSUER_URL=https://{domain}`, without a final slash.',
    },
  ],
  errors: [
    {
      modes: ['jwt', 'introspection'],
      message:
        'invalid_scope: The requested scope is invalid, unknown, or malformed. The OAuth 2.0 Client is not allowed to request scope `openid`.',
      cure: 'The client registered with fewer scopes than it requests now. Publish only scopes that every client has (`profile email`), or add the scope to **Default scopes**; then delete the client in the dashboard, or its stored registration, and let it register again.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'The access token is opaque (oat_…)',
      cure: 'Turn on **Generate access tokens as JWTs** and log in again, or use `--auth-mode introspection`.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: '422 from /oauth/register',
      cure: '**Dynamic client registration** is off for this instance. Turn it on, or register the client by CIMD or by hand.',
    },
    {
      modes: ['proxy'],
      message: 'invalid_scope: The requested scope is invalid, unknown, or malformed.',
      cure: 'The application lacks a scope of `OAUTH_UPSTREAM_SCOPES`. Add it on the page of the application, or take it out.',
    },
  ],
  pages: [
    {
      title: 'How Clerk implements OAuth',
      url: 'https://clerk.com/docs/guides/configure/auth-strategies/oauth/how-clerk-implements-oauth',
      checked: '2026-11-21',
    },
    {
      title: 'Manage OAuth clients with Client ID Metadata Documents',
      url: 'https://clerk.com/docs/guides/configure/auth-strategies/oauth/client-id-metadata-documents',
      checked: '2026-11-21',
    },
    {
      title: 'Use OAuth for scoped access',
      url: 'https://clerk.com/docs/guides/configure/auth-strategies/oauth/scoped-access',
      checked: '2026-11-21',
    },
    {
      title: 'Use OAuth for single sign-on (token information)',
      url: 'https://clerk.com/docs/guides/configure/auth-strategies/oauth/single-sign-on',
      checked: '2026-11-21',
    },
    {
      title: 'Build an MCP server with Clerk',
      url: 'https://clerk.com/docs/guides/ai/mcp/build-mcp-server',
      checked: '2026-11-21',
    },
    {
      title: 'Frontend API specification 2026-05-12',
      url: 'https://github.com/clerk/openapi-specs/blob/main/fapi/2026-05-12.yml',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    {
      modes: ['jwt', 'introspection'],
      text: 'That aud holds the resource that was requested, and is absent otherwise, is not on a page of Clerk that was read; it was said in reviews of clerk/javascript (pull requests 9585 and 9794, August and September 2026). The specification of the Frontend API of August 2026 does not list the parameter resource.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'The claims scp, scope, client_id and jti are known from the source of the Clerk SDK, where scp is preferred to scope; which one a token has was not seen.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'The header typ of JWT access tokens was not seen; an OAuth token is believed to have at+jwt.',
    },
    'RS256 for access tokens is concluded from the metadata, which lists it for ID tokens.',
    {
      modes: ['jwt', 'introspection'],
      text: 'Which default scopes a new instance has was not seen; the reported failure shows that openid may be missing.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'That session tokens have no aud and no client_id could not be checked.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'The path /oauth/token_info is on a page of Clerk; whether discovery names it as introspection_endpoint was not seen.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'The text of the 422 answer was not seen.',
    },
    {
      modes: ['proxy'],
      text: 'Which claims ID tokens have was not seen on a page; that name, email and email_verified exist is known from the source of another library, which reads them from the userinfo endpoint.',
    },
  ],
} satisfies Provider;
