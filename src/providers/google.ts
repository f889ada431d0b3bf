import type { Provider } from './types.js';

export const google = {
  id: 'google',
  aliases: [],
  title: 'Google',
  summary: 'Google accounts; MCP clients register with the generated server',
  mode: 'proxy',
  modes: ['proxy'],
  modeReason:
    'Google registers no clients on demand, and its access tokens are opaque and meant for APIs of Google, so they cannot be verified here. The generated server is the authorization server for MCP clients and logs people in with one client of Google, whose ID token it verifies.',
  variables: [],
  issuer: 'https://accounts.google.com',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation:
      'The generated server issues the tokens that MCP clients use, with `{resource}` in `aud`. The ID token of Google must have `OAUTH_CLIENT_ID` in its `aud`, and `https://accounts.google.com` in `iss`; old implementations got `accounts.google.com` without a scheme. `hd` is the Workspace domain of the account: check it to admit one organization only, never the end of the e-mail address. `sub` identifies a person; an address can change hands.',
  },
  tokenFormat:
    'Access tokens are opaque (`ya29.…`) and live about an hour. ID tokens are JWTs, RS256. A refresh token comes only with `access_type=offline`, and again only with `prompt=consent`; Google does not know the scope `offline_access`.',
  scopes: {
    default: ['openid', 'email'],
    claims: [],
    explanation:
      'Granted scopes are in the token response, not in a token. `email` and `profile` come back as `https://www.googleapis.com/auth/userinfo.email` and `https://www.googleapis.com/auth/userinfo.profile`: both spellings mean the same. Google has no scopes for this server; its own scopes for Google APIs may be added in full. People can untick some of them.',
  },
  registration: {
    cimd: 'no',
    dcr: 'no',
    manual:
      'Google Cloud console > **Google Auth Platform** > **Clients** > **Create client**, application type **Web application**, **Authorized redirect URIs**.',
  },
  authorizationParameters: { access_type: 'offline', prompt: 'consent' },
  steps: [
    'Open the [Google Cloud console](https://console.cloud.google.com/auth/clients) and choose or create a project.',
    'If **Google Auth Platform** is not configured yet, select **Get started** and fill in the name of the app and the addresses. Choose **Internal** to admit accounts of your Workspace only, else **External**.',
    'Open **Clients**, select **Create client**, and choose the application type **Web application**.',
    'Under **Authorized redirect URIs** add the `PUBLIC_URL` of the server followed by `/oauth/callback`. It must be https, except for localhost, and is compared character by character. Select **Create**.',
    'Copy **Client ID** and **Client secret** into `OAUTH_CLIENT_ID` and `OAUTH_CLIENT_SECRET`.',
    'Open **Audience**. While the publishing status is **Testing**, add everybody under **Test users**; refresh tokens then end after seven days. Select **Publish app** for real use.',
    'If `OAUTH_SCOPES` has more than `openid`, `email` and `profile`, add those scopes under **Data Access** and enable their APIs.',
  ],
  errors: [
    {
      message: 'Error 400: redirect_uri_mismatch',
      cure: 'Add the redirect URI, character for character (scheme, port, path, final slash), under **Clients** > your client > **Authorized redirect URIs**. A change can take some minutes.',
    },
    {
      message: 'Error 403: access_denied',
      cure: 'The app is in **Testing** and the account is no test user. Add it under **Audience** > **Test users**, or publish the app. Coming back to the server as `access_denied`: the person declined.',
    },
    {
      message: 'Error 400: invalid_client (The OAuth client was not found.)',
      cure: '`OAUTH_CLIENT_ID` is not the Client ID of a client of Google. Copy it again, without spaces; it ends in `.apps.googleusercontent.com`.',
    },
    {
      message: 'invalid_grant',
      cure: 'The refresh token was revoked or has ended: after seven days while the app is in **Testing**, after a long time without use, or because the password changed. Log in again; publish the app.',
    },
    {
      message: 'Error 403: org_internal',
      cure: 'The app is **Internal** and the account belongs to another organization. Log in with an account of the organization, or make the app **External**.',
    },
  ],
  pages: [
    {
      title: 'OpenID Connect',
      url: 'https://developers.google.com/identity/openid-connect/openid-connect',
      checked: '2026-11-21',
    },
    {
      title: 'Google OpenID Connect API Reference',
      url: 'https://developers.google.com/identity/openid-connect/reference',
      checked: '2026-11-21',
    },
    {
      title: 'google-auth-library: TokenInfo',
      url: 'https://cloud.google.com/nodejs/docs/reference/google-auth-library/latest/google-auth-library/tokeninfo',
      checked: '2026-11-21',
    },
    {
      title: 'google-auth-library: TokenPayload',
      url: 'https://cloud.google.com/nodejs/docs/reference/google-auth-library/latest/google-auth-library/tokenpayload',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    'Of the pages of Google only the beginnings were read, some in copies under other hosts: how to find Client ID, secret and redirect URIs on the Clients page, the discovery document, and the meaning of access_type, aud, azp, email and at_hash.',
    'The effect of prompt=consent on refresh tokens, seven days for apps in testing, hd, and the lifetime and form of access tokens come from memory.',
    'That email and profile come back as URIs is known from the source of another MCP library.',
    'The texts redirect_uri_mismatch and invalid_client are known from guides of others; access_denied and org_internal come from memory.',
    'Get started, Audience, Data Access, Test users and Publish app are known from a guide of 2026 by others and from memory.',
    'The algorithm RS256 of ID tokens comes from memory.',
  ],
} satisfies Provider;
