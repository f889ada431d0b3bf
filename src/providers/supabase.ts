import type { Provider } from './types.js';

export const supabase = {
  id: 'supabase',
  aliases: ['supabase-auth'],
  title: 'Supabase Auth',
  summary: 'Supabase Auth with its OAuth 2.1 server, a beta; the consent page is yours',
  mode: 'jwt',
  modes: ['jwt', 'proxy'],
  modeReason:
    'The OAuth 2.1 server of a project publishes RFC 8414 and OpenID metadata with PKCE and lets clients register themselves once that is enabled, so the server only verifies tokens. `proxy` is for projects where open registration is not wanted; there is no introspection endpoint.',
  variables: [
    {
      name: 'ref',
      title: 'Supabase project reference',
      example: 'abcdefghijklmnopqrst',
      pattern: '^[a-z]{20}$',
      where:
        'Supabase dashboard > your project > **Project Settings** > **General**, **Project ID**; it is also the part of the project URL before `.supabase.co`.',
    },
  ],
  issuer: 'https://{ref}.supabase.co/auth/v1',
  audience: {
    strategy: 'oauth-client',
    value: 'authenticated',
    explanation:
      'Every access token of a project has `aud: "authenticated"`, the tokens of people’s browser sessions too; the `resource` parameter is accepted and has no effect on it. Only tokens that were issued to an OAuth client have `client_id`, so its presence is what makes a token acceptable here. A Custom Access Token Hook can replace `aud` by a value of your own for tokens with a `client_id`; then set OAUTH_AUDIENCE to that value.',
  },
  tokenFormat:
    'JWT. ES256 or RS256 once the project uses asymmetric **JWT signing keys**; projects that still sign with the legacy JWT secret issue HS256, which no JWKS can verify, and their ID tokens fail altogether. The JWKS is `https://{ref}.supabase.co/auth/v1/.well-known/jwks.json`. Lifetime one hour by default.',
  scopes: {
    default: ['openid', 'email', 'profile'],
    claims: [],
    explanation:
      'Supported are `openid`, `email`, `profile`, `phone` and, in newer versions, `offline_access`; any other scope is refused, and there are none of your own. Scopes decide what the ID token and the userinfo endpoint say, not what a token may do. Newer versions write the requested scopes into a `scope` claim, older ones do not, so none is required of a token. Without a `scope` parameter the default is `email`.',
  },
  registration: {
    cimd: 'no',
    dcr: 'setting',
    manual:
      'Supabase dashboard > **Authentication** > **OAuth Apps** (under **Manage**) > **Add a new client**: **Client name**, **Redirect URIs** (exact, no wildcards), **Client type** Public or Confidential; **Create**. The secret of a confidential client is shown once.',
  },
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'email', 'profile'],
    identityClaims: ['name', 'email'],
    explanation:
      'The ID token says who logged in: `sub` is the ID of the user, `email` and `email_verified` come with `email`, the name with `profile`. A refresh token comes with every login, and another one may come with each refresh; the scope `offline_access` is not asked for, because older versions refuse it. The access token is as good as a session of that person at your project: tools that use it act under its Row Level Security policies, which see this server in `client_id`. Whoever has an account in the project, or can sign up there, can log in.',
  },
  steps: [
    'Open your project in the [Supabase dashboard](https://supabase.com/dashboard) and go to **Project Settings** > **JWT Keys**. If the project still uses the legacy secret, press **Migrate JWT secret**, then **Rotate keys**, so that tokens are signed with an asymmetric key.',
    'Go to **Authentication** > **OAuth Server** and enable the OAuth 2.1 server.',
    'On the same page set the **Authorization Path**, for example `/oauth/consent`. Supabase sends people to the **Site URL** (**Authentication** > **URL Configuration**) plus this path.',
    'Build the page at that address: it logs the person in, shows `getAuthorizationDetails(authorization_id)` and calls `approveAuthorization` or `denyAuthorization` of `supabase.auth.oauth`. Supabase has no consent page of its own. Keep the whole query string over the login.',
    'In that page, follow `redirect_url` at once when the details contain no `authorization_id`: the person has agreed before, and Supabase has approved the request already. Ask for the details only once per request.',
    {
      modes: ['jwt'],
      text: 'On **Authentication** > **OAuth Server**, enable dynamic client registration.',
    },
    {
      modes: ['jwt'],
      text: 'Check `https://{ref}.supabase.co/.well-known/oauth-authorization-server/auth/v1`: it must show `registration_endpoint`.',
    },
    {
      modes: ['jwt'],
      text: 'For a client that cannot register (or with registration switched off): go to **Authentication** > **OAuth Apps**, choose **Add a new client**, Client type **Public**, enter its exact redirect URI, and give the client ID to the people who use it.',
    },
    {
      modes: ['proxy'],
      text: 'Go to **Authentication** > **OAuth Apps** and choose **Add a new client**: a **Client name**, Client type **Confidential**.',
    },
    {
      modes: ['proxy'],
      text: 'As **Redirect URIs** enter the `PUBLIC_URL` of this server followed by `/oauth/callback`, and `http://localhost:3000/oauth/callback` for development; **Create**. They are compared character by character.',
    },
    {
      modes: ['proxy'],
      text: 'Copy the client ID into `OAUTH_CLIENT_ID` and the secret, which is shown only once, into `OAUTH_CLIENT_SECRET`.',
    },
  ],
  errors: [
    {
      modes: ['jwt'],
      message: 'Dynamic client registration is not enabled',
      cure: 'Answered with 403 by the registration endpoint. Enable dynamic client registration under **Authentication** > **OAuth Server**, or register the client by hand.',
    },
    {
      message: 'authorization request cannot be processed',
      cure: 'The request is no longer pending. Mostly the consent page loaded it twice, or the person had agreed before and the page did not follow `redirect_url`. Start the login again after correcting the page. Reported as an open bug too when `resource` or `offline_access` is sent.',
    },
    {
      message: 'oauth authorization path not configured',
      cure: 'Set the **Authorization Path** under **Authentication** > **OAuth Server**.',
    },
    {
      modes: ['jwt'],
      message: 'unsupported scope: NAME',
      cure: 'Only `openid`, `email`, `profile`, `phone` (and `offline_access` since mid 2026) exist. Keep OAUTH_SCOPES within them.',
    },
    {
      modes: ['jwt'],
      message: 'invalid redirect_uri',
      cure: 'Shown as JSON in the browser. The redirect URI must equal a registered one character by character, port included; a client that listens on changing ports has to register again.',
    },
    {
      message: 'Error generating ID token',
      cure: 'The project signs with HS256. Move it to asymmetric **JWT signing keys** and rotate.',
    },
    {
      modes: ['proxy'],
      message: 'unsupported scope: NAME',
      cure: 'Only `openid`, `email`, `profile`, `phone` (and `offline_access` since mid 2026) exist. Keep `OAUTH_UPSTREAM_SCOPES` within them.',
    },
    {
      modes: ['proxy'],
      message: 'invalid redirect_uri',
      cure: 'Shown as JSON in the browser. The client must have the `PUBLIC_URL` of this server followed by `/oauth/callback`, character for character.',
    },
  ],
  pages: [
    {
      title: 'Model Context Protocol (MCP) Authentication',
      url: 'https://supabase.com/docs/guides/auth/oauth-server/mcp-authentication',
      checked: '2026-11-21',
    },
    {
      title: 'Getting Started with OAuth 2.1 Server',
      url: 'https://supabase.com/docs/guides/auth/oauth-server/getting-started',
      checked: '2026-11-21',
    },
    {
      title: 'OAuth 2.1 Flows',
      url: 'https://supabase.com/docs/guides/auth/oauth-server/oauth-flows',
      checked: '2026-11-21',
    },
    {
      title: 'Token Security and Row Level Security',
      url: 'https://supabase.com/docs/guides/auth/oauth-server/token-security',
      checked: '2026-11-21',
    },
    {
      title: 'JWT Signing Keys',
      url: 'https://supabase.com/docs/guides/auth/signing-keys',
      checked: '2026-11-21',
    },
    {
      title: 'Source of Supabase Auth: OAuth server',
      url: 'https://github.com/supabase/auth/tree/master/internal/api/oauthserver',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    'The length of a project reference (20 lower-case letters) and where the dashboard shows it could not be checked.',
    'The menu path Project Settings > JWT Keys was not seen: the page on signing keys only links to it and names its buttons.',
    'Which version of Supabase Auth hosted projects run was not checked; error texts, the scope claim and offline_access were read in the source of August 2026.',
    {
      modes: ['jwt', 'proxy'],
      text: 'Why the details request fails with resource or offline_access on hosted projects is not settled (supabase/auth#2820, open in September 2026): the source refuses only requests that are not pending.',
    },
    'Whether a custom domain of a project changes the issuer was not found.',
    'The repository of Supabase Auth has a branch for writing resource into aud (feat/rfc8707-resource-audience-claim); nothing of it was in the released source that was read.',
    'That there is no Client ID Metadata Document support follows from the source, which demands a UUID as client_id; no page says so.',
    {
      modes: ['proxy'],
      text: 'That every login brings a refresh token is on the page on flows; how long it lasts was not seen.',
    },
  ],
} satisfies Provider;
