import type { Provider } from './types.js';

export const workos = {
  id: 'workos',
  aliases: ['authkit', 'workos-authkit'],
  title: 'WorkOS AuthKit',
  summary: 'WorkOS AuthKit; MCP clients identify or register themselves with AuthKit',
  mode: 'jwt',
  modes: ['jwt', 'proxy'],
  modeReason:
    'AuthKit is a complete authorization server for MCP clients: metadata, PKCE, Client ID Metadata Documents, Dynamic Client Registration and resource indicators. So the server only verifies tokens. `proxy` is for the case that both kinds of registration have to stay switched off.',
  variables: [
    {
      name: 'domain',
      title: 'AuthKit domain',
      example: 'acme-staging.authkit.app',
      pattern: '^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$',
      where:
        'WorkOS Dashboard > **Domains**, the AuthKit domain of the environment: `NAME.authkit.app`, or your custom domain in production. Give it without `https://`.',
    },
  ],
  issuer: 'https://{domain}',
  hosts: '\\.authkit\\.app$',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation:
      'AuthKit writes the `resource` that the client asked for into `aud`, provided that the same URL is listed as an MCP resource indicator of the environment. If none is configured, `aud` is the client ID of the environment instead, which every server of the environment would share. So list `{resource}` there and expect exactly that.',
  },
  tokenFormat:
    'JWT, RS256, verified with the JWKS at `https://{domain}/oauth2/jwks`. These are the tokens of WorkOS Connect; session tokens of AuthKit apps come from another issuer and must not be accepted.',
  scopes: {
    default: ['openid', 'profile', 'email'],
    claims: ['scope'],
    explanation:
      '`scope` holds the granted scopes as a string. The metadata offers `openid`, `profile`, `email` and `offline_access`; scopes of your own cannot be relied on here. Permissions of people come from their role in an organization, not from scopes. Keep `offline_access` out of OAUTH_SCOPES: clients that want refresh tokens add it themselves.',
  },
  registration: {
    cimd: 'setting',
    dcr: 'setting',
    manual:
      'WorkOS Dashboard > **Connect** > **Applications** > **Create application** > **OAuth**: choose first-party or third-party, tick **Public** for a client without a secret, and enter its redirect URI. The client ID is shown on the page of the application.',
  },
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    identityClaims: ['name', 'email'],
    clientAuthentication: 'client_secret_post',
    explanation:
      'The ID token says who logged in: `sub` identifies a person, `profile` brings the names, `email` the claims `email` and `email_verified`. A refresh token comes with the scope `offline_access`. The client secret goes into the body of token requests. For a first-party application people are not asked for their consent at AuthKit; this server asks them itself. Whoever has an account in the environment, or can sign up there, can log in.',
  },
  steps: [
    {
      modes: ['jwt'],
      text: 'Open the [WorkOS Dashboard](https://dashboard.workos.com) and choose the environment (staging or production) that this server shall use.',
    },
    {
      modes: ['jwt'],
      text: 'Go to **Connect** > **Configuration**.',
    },
    {
      modes: ['jwt'],
      text: 'Enable **Client ID Metadata Document**. It is off by default.',
    },
    {
      modes: ['jwt'],
      text: 'Enable **Dynamic Client Registration** too while some of your clients still register that way.',
    },
    {
      modes: ['jwt'],
      text: 'On the same page, under **MCP resource indicators**, add `{resource}`. It must be the same as the address that clients use, path included and without a slash at the end.',
    },
    {
      modes: ['jwt'],
      text: 'Mark that resource indicator as the default if you have clients that send no `resource` parameter.',
    },
    {
      modes: ['jwt'],
      text: 'Check `https://{domain}/.well-known/oauth-authorization-server`: it must show `client_id_metadata_document_supported` or `registration_endpoint`.',
    },
    {
      modes: ['jwt'],
      text: 'For a client that can neither present a metadata document nor register: create an OAuth application under **Connect** > **Applications**, tick **Public**, enter the redirect URI of the client, and give its client ID to the people who use it.',
    },
    {
      modes: ['proxy'],
      text: 'Open the [WorkOS Dashboard](https://dashboard.workos.com) and choose the environment (staging or production) that this server shall use.',
    },
    {
      modes: ['proxy'],
      text: 'Go to **Connect** > **Applications** > **Create application** > **OAuth**, and choose first-party. Leave **Public** unticked.',
    },
    {
      modes: ['proxy'],
      text: 'As redirect URI enter the `PUBLIC_URL` of this server followed by `/oauth/callback`, and `http://localhost:3000/oauth/callback` for development.',
    },
    {
      modes: ['proxy'],
      text: 'Copy the client ID into `OAUTH_CLIENT_ID`, create a client secret, and copy it at once into `OAUTH_CLIENT_SECRET`.',
    },
    {
      modes: ['proxy'],
      text: 'Set `OAUTH_ISSUER_URL=https://{domain}`.',
    },
  ],
  errors: [
    {
      modes: ['jwt'],
      message: 'invalid_target',
      cure: 'The `resource` of the request is not among the **MCP resource indicators**. Add `{resource}` under **Connect** > **Configuration**, byte for byte. The login itself succeeds; the error comes at the token request.',
    },
    {
      modes: ['jwt'],
      message: 'Got new credentials, but NAME rejected them on reconnect',
      cure: 'The audience does not fit. Decode the token: `aud: "client_…"` means that no resource indicator is configured or that the client sent no `resource`; set `{resource}` as the default one.',
    },
    {
      modes: ['jwt'],
      message: 'Incompatible auth server: does not support dynamic client registration',
      cure: 'Neither **Client ID Metadata Document** nor **Dynamic Client Registration** is enabled for this environment, or the client read `openid-configuration`, which does not name the registration endpoint. Enable them; they are settings of each environment.',
    },
    {
      modes: ['proxy'],
      message: 'invalid_grant',
      cure: 'The code was used before or is too old, or its redirect URI is not that of the token request. Log in again; if it stays so, compare the redirect URI of the application with the `PUBLIC_URL` of this server followed by `/oauth/callback`.',
    },
  ],
  pages: [
    {
      title: 'Access token claims (WorkOS Connect)',
      url: 'https://workos.com/docs/authkit/connect/token-claims',
      checked: '2026-11-21',
    },
    {
      title: 'Model Context Protocol (AuthKit), as packed in @workos/mcp-docs-server 0.2.0',
      url: 'https://workos.com/docs/authkit/mcp',
      checked: '2026-11-21',
    },
    {
      title: 'OAuth applications (WorkOS Connect), as packed in @workos/mcp-docs-server 0.2.0',
      url: 'https://workos.com/docs/authkit/connect/oauth',
      checked: '2026-11-21',
    },
    {
      title: 'MCP resource indicator (API reference)',
      url: 'https://workos.com/docs/reference/authkit/oauth-resource',
      checked: '2026-11-21',
    },
    {
      title: 'Metadata (WorkOS Connect API reference)',
      url: 'https://workos.com/docs/reference/workos-connect/metadata',
      checked: '2026-11-21',
    },
    {
      title: 'Client ID Metadata Support for MCP Auth (changelog)',
      url: 'https://workos.com/changelog/client-id-metadata-support-for-mcp-auth',
      checked: '2026-11-21',
    },
    {
      title: 'Authorize (WorkOS Connect API reference)',
      url: 'https://workos.com/docs/reference/workos-connect/authorize',
      checked: '2026-11-21',
    },
    {
      title: 'Token (WorkOS Connect API reference)',
      url: 'https://workos.com/docs/reference/workos-connect/token',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    {
      modes: ['jwt'],
      text: 'The dashboard label MCP resource indicators and its Edit button are known from a user’s guide; the API of the same name was seen on a page of WorkOS.',
    },
    {
      modes: ['jwt'],
      text: 'That a default resource indicator applies only to clients of CIMD and DCR is a quotation by others of the current MCP page, which was read only in an older copy.',
    },
    'Where the AuthKit domain stands in the dashboard (Domains) was not seen on a page of WorkOS.',
    'Whether Create application > OAuth are the exact labels under Connect > Applications was not seen.',
    {
      modes: ['proxy'],
      text: 'An older copy of the API reference says that PKCE works only for applications that registered dynamically, while the page on public applications requires it: whether a confidential application may send PKCE was not tried.',
    },
    {
      modes: ['jwt'],
      text: 'Which scopes a client gets that registers without a scope member was not found.',
    },
    {
      modes: ['jwt'],
      text: 'The error texts are known from reports of users (anthropics/claude-ai-mcp#271, MCPJam/inspector#3879); the second and third are shown by MCP clients, NAME being the name of the server.',
    },
    'The algorithm RS256 was seen in the discovery document for ID tokens and in a sample token.',
    {
      modes: ['proxy'],
      text: 'How a client secret is made in the dashboard, and the error invalid_grant, were not seen on a page of WorkOS.',
    },
  ],
} satisfies Provider;
