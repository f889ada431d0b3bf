import type { Provider } from './types.js';

export const authentik = {
  id: 'authentik',
  aliases: ['goauthentik'],
  title: 'authentik',
  summary: 'authentik, self-hosted; MCP clients register with the generated server',
  mode: 'proxy',
  modes: ['proxy', 'jwt'],
  modeReason:
    'MCP clients cannot register with authentik: registration exists since 2026.8, but it needs an access token, and it makes an application with an issuer and an audience of its own for every client. So in the mode `proxy` this server registers them and logs people in with one provider. `jwt` works when all clients share one client ID that you hand out.',
  variables: [
    {
      name: 'domain',
      title: 'authentik domain',
      example: 'auth.example.com',
      pattern:
        '^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*(?::[0-9]{1,5})?$',
      where: 'The host of your authentik in the address bar. Give it without `https://`.',
    },
    {
      name: 'slug',
      title: 'Slug of the authentik application',
      example: 'my-mcp-server',
      pattern: '^[-a-zA-Z0-9_]+$',
      where:
        'authentik Admin interface > **Applications** > **Applications** > your application, **Slug**. Not allowed: `authorize`, `token`, `device`, `userinfo`, `introspect`, `revoke`.',
    },
    {
      name: 'client',
      title: 'Client ID of the authentik provider',
      example: 'gkjs82kdbva72910nsgkjs82kdbva72910nsabcd',
      pattern: '^[A-Za-z0-9._~:/@+=-]{1,255}$',
      where:
        'authentik Admin interface > **Applications** > **Providers** > your provider, **Client ID**.',
    },
  ],
  issuer: 'https://{domain}/application/o/{slug}/',
  audience: {
    strategy: 'aud',
    value: '{client}',
    explanation:
      'authentik writes the client ID of the provider into `aud`, of access tokens and ID tokens alike; there is no API or resource to name, and the `resource` parameter has no effect. So OAUTH_AUDIENCE is the client ID. ID tokens cannot be told by their audience: access tokens have `azp` and `uid` besides.',
  },
  // Its access tokens carry the nonce of the authorization request as well.
  idTokenClaims: ['at_hash', 'c_hash'],
  tokenFormat:
    'JWT with the claims of the ID token plus `azp` and `uid`. RS256 or ES256, depending on the certificate chosen as **Signing Key**. Without a Signing Key it is HS256 with the client secret, which no JWKS can verify; with an **Encryption Key** it is a JWE, which this server does not read.',
  scopes: {
    default: ['openid', 'profile', 'email'],
    claims: [],
    explanation:
      'Access tokens carry no scope claim; the token response has `scope`. What exists is what the provider has among its scope mappings: `openid`, `profile` and `email` by default, your own after adding a mapping. A request without `scope` is treated as one for all of them. Refresh tokens need the scope mapping `offline_access` in the provider and the scope in the request.',
  },
  registration: {
    cimd: 'no',
    dcr: 'no',
    manual:
      'Admin interface > **Applications** > **Applications** > **Create with provider**: name and slug, provider type **OAuth2/OpenID**, client type **Public** or **Confidential**, redirect URIs (matching mode **Strict** or **Regex**), **Signing Key**; **Submit**.',
  },
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    identityClaims: ['name', 'email', 'preferred_username', 'groups'],
    explanation:
      'The ID token says who logged in: `sub` identifies a person, `profile` brings name, user name and groups, `email` the address. Since 2025.10 `email_verified` is false unless a scope mapping of your own says otherwise, so addresses in `OAUTH_ALLOWED_USERS` admit nobody before that; bind policies or groups to the application in authentik instead. A refresh token needs the scope mapping `offline_access` in the provider and the scope in the request.',
  },
  steps: [
    'Log in as an administrator and open the **Admin interface**; go to **Applications** > **Applications** and choose **Create with provider**.',
    'Give the application a name and the slug `{slug}`, and choose **OAuth2/OpenID** as provider type.',
    { modes: ['proxy'], text: 'Choose **Confidential** as client type.' },
    { modes: ['jwt'], text: 'Choose **Public** as client type.' },
    'Select an authorization flow, and select a certificate as **Signing Key**. Leave **Encryption Key** empty.',
    {
      modes: ['proxy'],
      text: 'Add the `PUBLIC_URL` of this server followed by `/oauth/callback` as a **Strict** redirect URI, and `http://localhost:3000/oauth/callback` for development. Do not leave the list empty: authentik then keeps whichever address comes first.',
    },
    {
      modes: ['jwt'],
      text: 'Add the redirect URIs of the MCP clients (matching mode **Regex** for changing ports, dots escaped). Do not leave the list empty: authentik then keeps whichever address comes first.',
    },
    'Under the advanced protocol settings leave the **Issuer mode** at one issuer per provider, and add the scope mapping for `offline_access` to the selected scopes, so that logins can be renewed. Press **Submit**.',
    {
      modes: ['proxy'],
      text: 'Copy **Client ID** and **Client Secret** of the provider into `OAUTH_CLIENT_ID` and `OAUTH_CLIENT_SECRET`.',
    },
    {
      modes: ['jwt'],
      text: 'Give the **Client ID** of the provider to the people who use the server; every client uses the same one.',
    },
    'Check `https://{domain}/application/o/{slug}/.well-known/openid-configuration`: `issuer` must be `https://{domain}/application/o/{slug}/` with its slash, and `jwks_uri` must return at least one key.',
  ],
  errors: [
    {
      message:
        'Redirect URI Error: The request fails due to a missing, invalid, or mismatching redirection URI (redirect_uri).',
      cure: 'Add the exact redirect URI to the provider. The event log of authentik shows the address that was used and those that are allowed.',
    },
    {
      message: 'Client ID Error: The client identifier (client_id) is missing or invalid.',
      cure: 'The client ID of the request belongs to no provider. Compare it with **Applications** > **Providers**.',
    },
    {
      modes: ['jwt'],
      message: 'invalid_token (401 from /application/o/SLUG/register/)',
      cure: 'Somebody enabled Dynamic Client Registration, and an MCP client tried it without the access token that authentik demands. Disable it on the provider, or make the server with `--auth-mode proxy`.',
    },
    {
      message:
        'invalid_grant: The provided authorization grant or refresh token is invalid, expired, revoked, does not match the redirection URI used in the authorization request, or was issued to another client',
      cure: 'Log in again. If it comes after some minutes only, the refresh token is missing or expired: add the scope mapping `offline_access`.',
    },
  ],
  pages: [
    {
      title: 'OAuth 2.0 provider',
      url: 'https://docs.goauthentik.io/add-secure-apps/providers/oauth2/',
      checked: '2026-11-21',
    },
    {
      title: 'Create an OAuth2 provider',
      url: 'https://docs.goauthentik.io/add-secure-apps/providers/oauth2/create-oauth2-provider/',
      checked: '2026-11-21',
    },
    {
      title: 'Verify email addresses',
      url: 'https://docs.goauthentik.io/add-secure-apps/providers/oauth2/verify-email-address/',
      checked: '2026-11-21',
    },
    {
      title: 'Dynamic Client Registration (DCR)',
      url: 'https://docs.goauthentik.io/add-secure-apps/providers/oauth2/dynamic-client-registration/',
      checked: '2026-11-21',
    },
    {
      title: 'Source of authentik: OAuth2 provider',
      url: 'https://github.com/goauthentik/authentik/tree/main/authentik/providers/oauth2',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    'The pages were read in the repository (website/docs); their addresses on docs.goauthentik.io were put together from the paths.',
    'dcr says no because registration needs a bearer token; by the letter it is a setting of a provider since 2026.8.',
    {
      modes: ['jwt'],
      text: 'That a client registered through DCR has an issuer of its own follows from each registration making an application with its own slug; it was not tried.',
    },
    {
      modes: ['jwt'],
      text: 'The source of the token was read in versions of 2025 and 2026; whether the newest adds a scope claim to access tokens was not seen.',
    },
    {
      modes: ['jwt'],
      text: 'Access tokens contain `nonce` when the client sent one (seen in the source); a verifier that takes `nonce` for the sign of an ID token would refuse them.',
    },
    'The labels OAuth2/OpenID, Confidential, Strict, Signing Key and Issuer mode come from integration guides and older versions; newer versions may call the button New Application.',
    'The texts of the errors were read in an older version of the source, and the first one in a report of 2025.',
    'That `resource` has no effect follows from its absence in the documentation.',
    'What jwks_uri returns without a Signing Key (an empty object or an empty list) was not seen.',
  ],
} satisfies Provider;
