import type { Provider } from './types.js';

export const github = {
  id: 'github',
  aliases: [],
  title: 'GitHub',
  summary: 'GitHub accounts; MCP clients register with the generated server',
  mode: 'proxy',
  modes: ['proxy'],
  modeReason:
    'GitHub speaks OAuth 2.0 without OpenID Connect for people: access tokens are opaque, name no audience, and there is no ID token and no registration of clients. This server is the authorization server for MCP clients, logs people in with one OAuth app, and learns who they are from the API of GitHub.',
  variables: [
    {
      name: 'host',
      title: 'GitHub host',
      example: 'github.example.com',
      pattern: '^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,}$',
      where: 'github.com, or the host of your GitHub Enterprise Server.',
      default: 'github.com',
    },
  ],
  issuer: 'https://{host}/login/oauth',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation:
      'MCP clients bring tokens of this server, with `{resource}` in `aud`. Tokens of GitHub name no audience: any token of any app would do for its API, so one that a client brings along is never accepted.',
  },
  tokenFormat:
    'Access tokens are opaque: `gho_…` from an OAuth app, `ghu_…` from a GitHub App. Those of an OAuth app have no end and no refresh token; those of a GitHub App end after eight hours and have one, unless that is switched off. The token response is form-encoded unless the request has `Accept: application/json`, and an error comes with status 200.',
  scopes: {
    default: ['read:user'],
    claims: [],
    explanation:
      'Granted scopes are in `scope` of the token response, separated by commas, and in the header `X-OAuth-Scopes` of each answer of the API. GitHub drops what another scope includes: `user user:email` comes back as `user`. People may have authorized more or fewer scopes before. Tokens of a GitHub App have no scopes but permissions. GitHub has no scopes for this server.',
  },
  registration: {
    cimd: 'no',
    dcr: 'no',
    manual:
      'GitHub > **Settings** > **Developer settings** > **OAuth apps** > **New OAuth App**: **Application name**, **Homepage URL**, **Authorization callback URL**; **Register application**.',
  },
  authorizationParameters: {},
  upstream: {
    verify: 'userinfo',
    scopes: ['read:user', 'user:email'],
    subjectClaim: 'id',
    identityClaims: ['login', 'name', 'email'],
    userinfo: [
      { from: '^https://github\\.com/login/oauth$', to: 'https://api.github.com/user' },
      { from: '^https://([^/]+\\.ghe\\.com)/login/oauth$', to: 'https://api.$1/user' },
      { from: '^https://([^/]+)/login/oauth$', to: 'https://$1/api/v3/user' },
    ],
    emailsPath: '/emails',
    endpoints: { authorization: '/authorize', token: '/access_token' },
    clientAuthentication: 'client_secret_post',
    otherAccountPrompt: 'select_account',
    openTo: '^https://github\\.com/',
    explanation:
      'There is no ID token: this server asks the API, `GET /user`, with the access token that it got for its own code. `id` identifies a person; the login name can change hands. Addresses come from `GET /user/emails`, which needs the scope `user:email`; only the primary one counts, and only if it is verified. Tokens of an OAuth app do not end and cannot be refreshed, so this server looks from time to time whether they still work; those of a GitHub App end after eight hours and are refreshed. What was granted is in the token response, separated by commas, where GitHub drops what another scope includes. `OAUTH_USERINFO_URL` is the address of `GET /user`: `https://api.github.com/user`, or `https://HOST/api/v3/user` on GitHub Enterprise Server.',
  },
  steps: [
    'On https://{host}, open **Settings** > **Developer settings** > **OAuth apps** and select **New OAuth App** (for the first one the button is **Register a new application**). For an app of an organization start from the settings of the organization.',
    'Fill in **Application name** and **Homepage URL**; people see both.',
    'As **Authorization callback URL** enter the `PUBLIC_URL` of this server followed by `/oauth/callback`. An OAuth app has only one: make another app for development, with `http://localhost:3000/oauth/callback`.',
    'Leave **Enable Device Flow** off and select **Register application**.',
    'Copy **Client ID** into `OAUTH_CLIENT_ID`.',
    'Select **Generate a new client secret** and copy it at once into `OAUTH_CLIENT_SECRET`.',
    'Say in `OAUTH_ALLOWED_USERS` who may log in; on github.com everybody with an account can otherwise: addresses, ids (`https://api.github.com/users/NAME` shows them), or `*`.',
    'For tools that use the API of GitHub: add its scopes to `OAUTH_UPSTREAM_SCOPES`. If they read data of an organization, let its owners approve the app under **Third-party access** of the organization.',
  ],
  errors: [
    {
      message:
        'redirect_uri_mismatch: The redirect_uri MUST match the registered callback URL for this application.',
      cure: 'Set **Authorization callback URL** of the OAuth app to `PUBLIC_URL` followed by `/oauth/callback`.',
    },
    {
      message:
        'incorrect_client_credentials: The client_id and/or client_secret passed are incorrect.',
      cure: 'Copy the Client ID again and generate a new client secret; check that both are of the same app.',
    },
    {
      message: 'bad_verification_code: The code passed is incorrect or expired.',
      cure: 'The code was used before or is older than ten minutes. Log in again.',
    },
    {
      message: 'unverified_user_email: The user must have a verified primary email.',
      cure: 'The person verifies the primary e-mail address in the settings of the GitHub account, then logs in again.',
    },
    {
      message: '401 Bad credentials',
      cure: 'The person or an administrator revoked the access, or GitHub did because ten newer tokens were made for the same person, app and scopes. Log in again.',
    },
  ],
  pages: [
    {
      title: 'Authorizing OAuth apps',
      url: 'https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps',
      checked: '2026-11-21',
    },
    {
      title: 'Creating an OAuth app',
      url: 'https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/creating-an-oauth-app',
      checked: '2026-11-21',
    },
    {
      title: 'Scopes for OAuth apps',
      url: 'https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/scopes-for-oauth-apps',
      checked: '2026-11-21',
    },
    {
      title: 'Troubleshooting OAuth app access token request errors',
      url: 'https://docs.github.com/en/apps/oauth-apps/maintaining-oauth-apps/troubleshooting-oauth-app-access-token-request-errors',
      checked: '2026-11-21',
    },
    {
      title: 'Refreshing user access tokens',
      url: 'https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/refreshing-user-access-tokens',
      checked: '2026-11-21',
    },
    {
      title: 'PKCE support for OAuth and GitHub App authentication',
      url: 'https://github.blog/changelog/2025-07-14-pkce-support-for-oauth-and-github-app-authentication',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    'The pages were read in stored versions, some of them older than the support of PKCE.',
    'That the issuer is https://github.com/login/oauth, and that its metadata is at https://github.com/.well-known/oauth-authorization-server/login/oauth, was said by a maintainer of github/github-mcp-server (issue 2901, July 2026); what the document contains, and whether GitHub Enterprise Server has it, was not seen.',
    'The parameter prompt=select_account was read on the page about authorizing; the addresses of the API on GitHub Enterprise Server and on hosts below ghe.com could not be checked.',
    'The prefix ghu_, the limit of ten tokens, and that GET /user is answered with 401 Bad credentials could not be checked.',
    'That errors of the token endpoint come with status 200 could not be checked.',
    'The buttons Generate a new client secret and Third-party access could not be checked.',
  ],
} satisfies Provider;
