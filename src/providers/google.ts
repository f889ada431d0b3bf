import type { Provider } from './types.js';

export const google = {
  id: 'google',
  aliases: [],
  title: 'Google',
  summary: 'Google accounts; MCP clients register with the generated server',
  mode: 'proxy',
  modes: ['proxy'],
  modeReason:
    'Google registers no clients on demand, and its access tokens are opaque and meant for APIs of Google, so they cannot be verified here. This server is the authorization server for MCP clients and logs people in with one client of Google, whose ID token it verifies.',
  variables: [],
  issuer: 'https://accounts.google.com',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation:
      'MCP clients bring tokens of this server, with `{resource}` in `aud`, never those of Google.',
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
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'email', 'profile'],
    scopeAliases: {
      'https://www.googleapis.com/auth/userinfo.email': 'email',
      'https://www.googleapis.com/auth/userinfo.profile': 'profile',
    },
    identityClaims: ['name', 'email', 'hd'],
    domainClaim: 'hd',
    // Without consent, a second login brings no refresh token.
    otherAccountPrompt: 'select_account consent',
    openTo: '.',
    explanation:
      'The ID token says who logged in: `sub` identifies a person, an address can change hands. `hd` is the Workspace domain of the account, and what `@example.com` in `OAUTH_ALLOWED_USERS` is compared with, never the end of an address. A refresh token comes only with `access_type=offline`, and again only with `prompt=consent`; this server sends both, and not `offline_access`, which Google does not know. What was granted is in the token response, where `email` and `profile` come back as addresses that begin with `https://www.googleapis.com/auth/userinfo.`; people can untick scopes of Google APIs. Access tokens are opaque and live about an hour.',
  },
  steps: [
    'Open the [Google Cloud console](https://console.cloud.google.com/auth/clients) and choose or create a project.',
    'If **Google Auth Platform** is not configured yet, select **Get started** and fill in the name of the app and the addresses. Choose **Internal** to admit accounts of your Workspace only, else **External**.',
    'Open **Clients**, select **Create client**, and choose the application type **Web application**.',
    'Under **Authorized redirect URIs** add the `PUBLIC_URL` of this server followed by `/oauth/callback`, and `http://localhost:3000/oauth/callback` for development. It must be https, except for localhost, and is compared character by character. Select **Create**.',
    'Copy **Client ID** and **Client secret** into `OAUTH_CLIENT_ID` and `OAUTH_CLIENT_SECRET`.',
    'Open **Audience**. While the publishing status is **Testing**, add everybody under **Test users**; refresh tokens then end after seven days. Select **Publish app** for real use.',
    'Say in `OAUTH_ALLOWED_USERS` who may log in, or everybody with a Google account can: `@` and a Workspace domain, single addresses, or `*`.',
    'For tools that call APIs of Google: add the scopes in full to `OAUTH_UPSTREAM_SCOPES`, add them under **Data Access**, and enable the APIs.',
  ],
  errors: [
    {
      message: 'Error 400: redirect_uri_mismatch',
      cure: 'Add the redirect URI, character for character (scheme, port, path, final slash), under **Clients** > your client > **Authorized redirect URIs**. A change can take some minutes.',
    },
    {
      message: 'Error 403: access_denied',
      cure: 'The app is in **Testing** and the account is no test user. Add it under **Audience** > **Test users**, or publish the app. Coming back to this server as `access_denied`: the person declined.',
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
    'The effect of prompt=consent on refresh tokens, seven days for apps in testing, hd, and the lifetime and form of access tokens could not be checked.',
    'That email and profile come back as URIs is known from the source of another MCP library.',
    'The texts redirect_uri_mismatch and invalid_client are known from guides of others; access_denied and org_internal could not be checked.',
    'Get started, Audience, Data Access, Test users and Publish app are known from a guide of 2026 by others only.',
    'The algorithm RS256 of ID tokens could not be checked.',
  ],
} satisfies Provider;
