import type { Provider } from './types.js';

export const okta = {
  id: 'okta',
  aliases: [],
  title: 'Okta',
  summary:
    'Okta custom authorization servers; MCP clients are registered by hand or with the generated server',
  mode: 'jwt',
  modes: ['jwt', 'introspection', 'proxy'],
  modeReason:
    'A custom authorization server issues JWTs for one audience, so this server only verifies tokens; each MCP client needs an app integration, because registration at Okta takes an API token. `proxy` spares that: this server registers MCP clients and logs people in with one app integration.',
  variables: [
    {
      name: 'domain',
      title: 'Okta domain',
      example: 'dev-123456.okta.com',
      pattern: '^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,}$',
      where:
        'Okta Admin Console, the menu with your name at the upper right. It is not the address of the console, which has `-admin` in it. With a custom URL domain, take what **Security** > **API** shows as **Issuer URI**.',
    },
    {
      name: 'server',
      title: 'ID of the custom authorization server',
      example: 'aus9o8wzkhckw9TLa0h7z',
      pattern: '^[A-Za-z0-9_-]+$',
      where:
        'Okta Admin Console > **Security** > **API** > **Authorization Servers**: the part of the Issuer URI after `/oauth2/`. The one that comes with an org has the ID `default`. An org without the tab **Authorization Servers** lacks API Access Management.',
    },
  ],
  issuer: 'https://{domain}/oauth2/{server}',
  hosts: '\\.okta(?:preview|-emea)?\\.com$',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation:
      'A custom authorization server has one **Audience**, and puts it into `aud` of its access tokens, whatever the client asks for. So give this MCP server an authorization server of its own with the Audience `{resource}`. The one called `default` starts with `api://default`: then that is `OAUTH_AUDIENCE`, and its tokens are good for every API that uses it. The issuer without `/oauth2/…` is the org authorization server; its tokens are only for Okta and must not be verified by others.',
  },
  tokenFormat:
    'JWT, RS256. The client is in `cid`, the user in `uid` and `sub`, `ver` is 1. Custom authorization servers can encrypt access tokens: leave that off. The lifetime is set by the rule of the access policy, one hour by default.',
  scopes: {
    default: ['openid'],
    claims: ['scp'],
    explanation:
      '`scp` is an array. `openid` exists on each authorization server and gets into `scp`, so it needs no setup. Scopes of your own are made under **Security** > **API** > the server > **Scopes**. The rule of the access policy must admit all scopes of a request, or the whole request fails. Discovery does not list custom scopes unless **Include in public metadata** is on.',
  },
  registration: {
    cimd: 'no',
    dcr: 'no',
    manual:
      'Okta Admin Console > **Applications and Resources** > **Applications** > **Create App Integration** > **OIDC - OpenID Connect**; **Native Application** for desktop clients, **Web Application** for hosted ones; **Sign-in redirect URIs** of the MCP client; grant types Authorization Code and Refresh Token; assign it to people. Client ID Metadata Documents exist for AI agents only: an administrator registers each through the API, and its document must bring keys, which those of most MCP clients do not.',
  },
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    identityClaims: ['name', 'email', 'preferred_username'],
    explanation:
      'The ID token says who logged in: `sub` identifies a person, and name, user name and address come with `profile` and `email`. A refresh token comes with the scope `offline_access`, if the app integration has the grant type **Refresh Token**; it ends when it is not used for seven days, unless the access policy says otherwise. Whoever is assigned to the app integration can log in. Which custom authorization server it is matters only for scopes of your own: `default`, which comes along, will do.',
  },
  steps: [
    {
      modes: ['jwt', 'introspection'],
      text: 'In the Okta Admin Console open **Security** > **API** > **Authorization Servers** and select **Add Authorization Server**: a **Name**, the **Audience** `{resource}`, a **Description**.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Open it, then **Access Policies** > **Add Policy**. Assign the policy to **All clients**, or to the app integrations of your MCP clients, and select **Create Policy**.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'In the policy select **Add Rule**: grant type Authorization Code, **Any user assigned the app**, any scopes; select **Create Rule**. Without a rule that matches, each login fails.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'If `OAUTH_SCOPES` has scopes of your own, add each under **Scopes** > **Add Scope**.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Copy the Issuer URI: `OAUTH_ISSUER_URL=https://{domain}/oauth2/{server}`, without a final slash; set `OAUTH_AUDIENCE={resource}`.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Register each MCP client: **Applications and Resources** > **Applications** > **Create App Integration** > **OIDC - OpenID Connect** > **Native Application**. Enter its **Sign-in redirect URIs** exactly, add the Refresh Token grant, and choose who has access.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Give people the **Client ID** from the tab **General**; they enter it in their MCP client.',
    },
    {
      modes: ['proxy'],
      text: 'In the Okta Admin Console open **Applications and Resources** > **Applications** > **Create App Integration** > **OIDC - OpenID Connect** > **Web Application**. Tick the grant types Authorization Code and Refresh Token.',
    },
    {
      modes: ['proxy'],
      text: 'As **Sign-in redirect URIs** enter the `PUBLIC_URL` of this server followed by `/oauth/callback`, and `http://localhost:3000/oauth/callback` for development. Choose under **Controlled access** who may log in, and select **Save**.',
    },
    {
      modes: ['proxy'],
      text: 'From the tab **General** copy **Client ID** into `OAUTH_CLIENT_ID` and **Client Secret** into `OAUTH_CLIENT_SECRET`.',
    },
    {
      modes: ['proxy'],
      text: 'Open **Security** > **API** > **Authorization Servers** and the server `{server}`. Under **Access Policies** there must be a policy that is assigned to the app integration (or to all clients), with a rule that has the grant type Authorization Code and admits the scopes of `OAUTH_UPSTREAM_SCOPES`. Without a rule that matches, each login fails.',
    },
    {
      modes: ['proxy'],
      text: 'Copy the Issuer URI: `OAUTH_ISSUER_URL=https://{domain}/oauth2/{server}`, without a final slash.',
    },
  ],
  errors: [
    {
      message: 'Policy evaluation failed for this request, please check the policy configurations',
      cure: 'No access policy and rule fits the client, the user, the grant type and all requested scopes (`no_matching_policy` in the System Log). Add a policy for the client and a rule with Authorization Code and the scopes.',
    },
    {
      modes: ['proxy'],
      message: 'One or more scopes are not configured for the authorization server resource.',
      cure: '`OAUTH_UPSTREAM_SCOPES` has a scope that this authorization server does not know. Add it under **Security** > **API** > the server > **Scopes**, or take it out. Check also that the issuer has the right ID.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'One or more scopes are not configured for the authorization server resource.',
      cure: 'The request has a scope that this authorization server does not know. Add it under **Security** > **API** > the server > **Scopes**, or take it out of `OAUTH_SCOPES`. Check also that the issuer has the right ID.',
    },
    {
      message: 'Custom scopes are not allowed for this request',
      cure: 'The request went to the org authorization server. Use the issuer `https://{domain}/oauth2/{server}`.',
    },
    {
      modes: ['proxy'],
      message:
        "The 'redirect_uri' parameter must be a Login redirect URI in the client app settings",
      cure: 'Add the `PUBLIC_URL` of this server followed by `/oauth/callback` to the **Sign-in redirect URIs** of the app integration, character for character.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'The MCP client cannot register: the registration endpoint answers 401 or 403',
      cure: 'Registration at Okta takes an API token. Enter the Client ID of an app integration in the MCP client, or use `--auth-mode proxy`.',
    },
  ],
  pages: [
    {
      title: 'Authorization servers',
      url: 'https://developer.okta.com/docs/concepts/auth-servers/',
      checked: '2026-11-21',
    },
    {
      title: 'Create an authorization server',
      url: 'https://developer.okta.com/docs/guides/customize-authz-server/main/',
      checked: '2026-11-21',
    },
    {
      title: 'Configure an access policy',
      url: 'https://developer.okta.com/docs/guides/configure-access-policy/main/',
      checked: '2026-11-21',
    },
    {
      title: 'Claims in tokens',
      url: 'https://developer.okta.com/docs/concepts/oauth-claims/',
      checked: '2026-11-21',
    },
    {
      title: 'Sign users in to your web app using the redirect model',
      url: 'https://developer.okta.com/docs/guides/sign-into-web-app-redirect/main/',
      checked: '2026-11-21',
    },
    {
      title: 'Refresh access tokens',
      url: 'https://developer.okta.com/docs/guides/refresh-tokens/main/',
      checked: '2026-11-21',
    },
    {
      title: 'Register AI agents with a Client ID Metadata Document',
      url: 'https://developer.okta.com/docs/guides/ai-agent-cimd-registration/main/',
      checked: '2026-11-21',
    },
    {
      title: 'Okta API release notes 2026',
      url: 'https://developer.okta.com/docs/release-notes/2026-okta-identity-engine/',
      checked: '2026-11-21',
    },
    {
      title: 'One or more scopes are not configured for the authorization server resource',
      url: 'https://support.okta.com/help/s/article/error-one-or-more-scopes-are-not-configured-for-the-authorization-server-resource',
      checked: '2026-11-21',
    },
    {
      title: 'Tokens are not issued with the lifetime of the access rule',
      url: 'https://support.okta.com/help/s/article/tokens-not-issued-with-lifetime-configured-in-access-rule-for-custom-authorization-server',
      checked: '2026-11-21',
    },
    {
      title: 'Custom scopes are not allowed for this request',
      url: 'https://support.okta.com/help/s/article/okta-authorization-error-occurs-stating-custom-scopes-are-not-allowed-for-this-request',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    {
      modes: ['jwt', 'introspection'],
      text: 'That most MCP clients publish no keys in their documents was not checked.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'What a custom authorization server does with resource in an org without Okta for AI Agents was not seen; with it, resource selects aud (release notes of August 2026).',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'That registration takes an API token is known from reports of users (modelcontextprotocol issue 695), as is the answer of the endpoint.',
    },
    'RS256, the absence of a header typ, the audience api://default and the place of the Okta domain in the console could not be checked.',
    {
      modes: ['jwt', 'introspection'],
      text: 'The type Native Application with Authorization Code and Refresh Token was seen for other purposes only.',
    },
    "The name of the tab General and the names of grant types in a rule were seen, their exact labels in today's console were not.",
    {
      modes: ['proxy'],
      text: 'The text about the redirect URI is known from reports of users; whether ID tokens have email_verified was not seen.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Whether discovery of a custom authorization server names registration_endpoint was not seen on a page; reports say that it does.',
    },
  ],
} satisfies Provider;
