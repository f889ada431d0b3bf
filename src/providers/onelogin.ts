import type { Provider } from './types.js';

export const onelogin = {
  id: 'onelogin',
  aliases: ['one-login'],
  title: 'OneLogin',
  summary: 'OneLogin OpenID Connect app; clients are registered by an administrator',
  mode: 'proxy',
  modes: ['proxy', 'jwt'],
  modeReason:
    'OneLogin documents no registration for MCP clients, so in the mode `proxy` this server registers them and is itself one app in OneLogin. `jwt` works with an API authorization server in OneLogin and clients that an administrator adds.',
  variables: [
    {
      name: 'subdomain',
      title: 'OneLogin subdomain',
      example: 'acme',
      pattern: '^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$',
      where:
        'The first part of the address of your OneLogin portal: `acme` in `https://acme.onelogin.com`.',
    },
  ],
  issuer: 'https://{subdomain}.onelogin.com/oidc/2',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation:
      'The **audiences** of the API authorization server are what OneLogin writes into `aud`; the resource identifier says which API a client asks for.',
  },
  tokenFormat:
    "Access tokens of an API authorization server are JWTs with `jti`, `sub`, `iss`, `iat`, `exp`, `scope`, `aud` and `azp`; the keys are at `https://{subdomain}.onelogin.com/oidc/2/certs`. ID tokens are signed with RS256. Without an API authorization server an access token is only good for OneLogin's own endpoints.",
  scopes: {
    default: ['openid'],
    claims: ['scope'],
    explanation:
      'OneLogin requires `openid` and adds user data for `profile`, `email` and `groups`. It refuses `offline_access` in the authorization code flow and sends a refresh token without it. Scopes of your own are defined on the API authorization server and granted to each app. `scope` is one string, separated by spaces.',
  },
  registration: {
    cimd: 'no',
    dcr: 'no',
    manual:
      'Admin portal, **Applications > Applications**, **Add App**, **OpenId Connect (OIDC)**: redirect URIs on **Configuration**, client ID and **Token Endpoint Authentication Method** on **SSO** (**None (PKCE)** for a public client).',
  },
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email'],
    identityClaims: ['name', 'email', 'preferred_username', 'groups'],
    clientAuthentication: 'client_secret_post',
    explanation:
      'The ID token says who logged in: `sub` identifies a person; name, address and groups come with the scopes `profile`, `email` and `groups`. OneLogin sends a refresh token without being asked, and refuses the scope `offline_access`. How long tokens last is set on the **SSO** tab of the app. Whoever has a role that the app is given to can log in.',
  },
  steps: [
    {
      modes: ['proxy'],
      text: 'In the OneLogin admin portal, open **Applications > Applications**, click **Add App**, search for **OpenId Connect (OIDC)** and select it. Enter a name and click **Save**.',
    },
    {
      modes: ['jwt'],
      text: 'In the OneLogin admin portal, open **Applications > Applications**, click **Add App**, search for **OpenId Connect (OIDC)** and select it. Do so for each MCP client: enter a name and click **Save**.',
    },
    {
      modes: ['proxy'],
      text: 'On the **Configuration** tab, set **Redirect URIs** to the `PUBLIC_URL` of this server followed by `/oauth/callback`, add `http://localhost:3000/oauth/callback` for development, set **Login Url** to `PUBLIC_URL`, and save.',
    },
    {
      modes: ['proxy'],
      text: 'On the **SSO** tab, set **Token Endpoint Authentication Method** to **POST** and save.',
    },
    {
      modes: ['proxy'],
      text: 'From the **SSO** tab, copy **Client ID** into `OAUTH_CLIENT_ID` and **Client Secret** into `OAUTH_CLIENT_SECRET`.',
    },
    {
      modes: ['jwt'],
      text: 'On the **Configuration** tab of each, set **Redirect URIs** to those of the client; on its **SSO** tab, set **Token Endpoint Authentication Method** to **None (PKCE)**. Enter its **Client ID** in the client.',
    },
    'On the **Access** tab, select the roles whose users may log in.',
    {
      modes: ['jwt'],
      text: 'Create an API authorization server (`POST /api/2/api_authorizations`) with `{resource}` as `resource_identifier` and as the only member of `audiences`, add the OIDC app of each MCP client to it (`POST /api/2/api_authorizations/ID/clients`), and set `OAUTH_AUDIENCE` to `{resource}`.',
    },
    'Set `OAUTH_ISSUER_URL` to `https://{subdomain}.onelogin.com/oidc/2`.',
    {
      modes: ['jwt'],
      text: 'Keep `offline_access` out of `OAUTH_SCOPES`.',
    },
    { modes: ['proxy'], text: 'Keep `offline_access` out of `OAUTH_UPSTREAM_SCOPES`.' },
  ],
  errors: [
    {
      message:
        "redirect_uri_mismatch: redirect_uri did not match any client's registered redirect_uris",
      cure: 'Enter the exact address under **Redirect URIs** on the **Configuration** tab of the app.',
    },
    {
      modes: ['proxy'],
      message: 'invalid_scope: some of requested scopes are not whitelisted',
      cure: '`OAUTH_UPSTREAM_SCOPES` has a scope that OneLogin does not grant here, mostly `offline_access`. Take it out.',
    },
    {
      modes: ['jwt'],
      message: 'invalid_scope: some of requested scopes are not whitelisted',
      cure: 'The request has a scope that OneLogin does not grant here, mostly `offline_access`. Remove it from `OAUTH_SCOPES` and from the settings of the client.',
    },
    {
      message: 'invalid_client: client is invalid',
      cure: 'The client ID is not the one of the OIDC app. Use the one of the **SSO** tab; API credentials are another thing.',
    },
    {
      message: 'invalid_request: missing required parameter(s) scope',
      cure: 'The request has no scope. Ask for at least `openid`.',
    },
  ],
  pages: [
    {
      title: 'Provider Configuration',
      url: 'https://developers.onelogin.com/openid-connect/api/provider-config',
      checked: '2026-11-21',
    },
    {
      title: 'Auth Code Flow pt. 1',
      url: 'https://developers.onelogin.com/openid-connect/api/authorization-code',
      checked: '2026-11-21',
    },
    {
      title: 'Auth Code Flow pt. 2',
      url: 'https://developers.onelogin.com/openid-connect/api/authorization-code-grant',
      checked: '2026-11-21',
    },
    {
      title: 'Validate a Token',
      url: 'https://developers.onelogin.com/openid-connect/api/validate-token',
      checked: '2026-11-21',
    },
    {
      title: 'API Authorization Management',
      url: 'https://developers.onelogin.com/api-docs/2/api-authorization',
      checked: '2026-11-21',
    },
    {
      title: 'API Authorization Resource',
      url: 'https://developers.onelogin.com/api-docs/2/api-authorization/api-auth-resource',
      checked: '2026-11-21',
    },
    {
      title: 'Create Authorization Server',
      url: 'https://developers.onelogin.com/api-docs/2/api-authorization/create',
      checked: '2026-11-21',
    },
    {
      title: 'Add Client App',
      url: 'https://developers.onelogin.com/api-docs/2/api-authorization/add-client-app',
      checked: '2026-11-21',
    },
    {
      title: 'Using the OneLogin API to Define Custom Access Tokens',
      url: 'https://developers.onelogin.com/api-authorization/oneLogin-api-define-custom-access-tokens',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    {
      modes: ['jwt'],
      text: 'How a client names the API that it wants (presumably the `resource` parameter with the resource identifier) was not seen; the pages describe only the identifier.',
    },
    'A public test recording of the metadata from November 2022 has `registration_endpoint: …/oidc/2/register`, but no page documents it and nobody was seen using it. In mode `jwt` an MCP client may therefore try to register and fail.',
    'The same recording has `code_challenge_methods_supported: ["S256"]`; the vendor\'s sample has the member, its values were not in the stored copy.',
    'No support for Client ID Metadata Documents was found; its absence is not stated.',
    {
      modes: ['jwt'],
      text: 'The format of access tokens without an API authorization server was not seen; a sample of the first API version is opaque.',
    },
    "The tabs and fields of the admin portal come from OneLogin's sample README and from guides of other vendors (JetBrains, Zuplo), not from a OneLogin administration page.",
    {
      modes: ['proxy'],
      text: 'Which claims ID tokens have, email_verified among them, was not seen in full; where the lifetimes of tokens are set could not be checked.',
    },
    {
      modes: ['jwt'],
      text: 'Where API authorization servers are found in the admin portal was not seen; the step uses the API.',
    },
    "The error texts for redirect URI, scope and client come from public issue reports; the one for a missing scope from an older edition of the vendor's page.",
    'Accounts in the European region use the same form of address with their subdomain; this was seen only for the current API version, not tested.',
  ],
} satisfies Provider;
