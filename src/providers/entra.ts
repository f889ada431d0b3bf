import type { Provider } from './types.js';

export const entra = {
  id: 'entra',
  aliases: ['azure', 'microsoft'],
  title: 'Microsoft Entra ID',
  summary: 'formerly Azure AD; MCP clients register with the generated server',
  mode: 'proxy',
  modes: ['proxy', 'jwt'],
  modeReason:
    'Entra has no Dynamic Client Registration, does not announce PKCE in its discovery document, and refuses a `resource` parameter that is not the Application ID URI of the requested scopes, so most MCP clients fail with it: in the mode `proxy` this server registers them and logs people in with one app registration. `jwt` works for clients that you register by hand. There is no introspection endpoint.',
  variables: [
    {
      name: 'tenant',
      title: 'Directory (tenant) ID, or organizations or common for many tenants',
      example: '8eaef023-2b34-4da1-9baa-8bc8c9d6a490',
      pattern: '^(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|common|organizations)$',
      where:
        'Microsoft Entra admin center > **Entra ID** > **App registrations** > your app > **Overview**, field **Directory (tenant) ID**. A domain name does not do: discovery answers with the GUID. `organizations` admits work and school accounts of every tenant, `common` personal accounts too.',
    },
    {
      name: 'client',
      title: 'Application (client) ID',
      example: '6e74172b-be56-4843-9ff4-e66a39bb12e3',
      pattern: '^[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$',
      where:
        'Microsoft Entra admin center > **Entra ID** > **App registrations** > your app > **Overview**, field **Application (client) ID**.',
    },
    {
      name: 'cloud',
      title: 'Host of the cloud',
      example: 'login.microsoftonline.us',
      pattern:
        '^login\\.(?:microsoftonline\\.com|microsoftonline\\.us|partner\\.microsoftonline\\.cn)$',
      where:
        'login.microsoftonline.com is the global cloud, login.microsoftonline.us the one of the US Government, login.partner.microsoftonline.cn the one that 21Vianet runs in China. Each has its own portal and its own app registrations.',
      default: 'login.microsoftonline.com',
    },
  ],
  issuer: 'https://{cloud}/{tenant}/v2.0',
  audience: {
    strategy: 'entra',
    value: '{client}',
    explanation:
      'With `requestedAccessTokenVersion` 2, `aud` is always the Application (client) ID of the app that exposes the API, a GUID. Version 1 tokens may have the Application ID URI (`api://{client}`) instead, according to what the client asked for; both mean this server. The URL `{resource}` is never in `aud` unless it is itself the Application ID URI, which needs a domain that is verified in the tenant. Tokens for Microsoft Graph (`aud` 00000003-0000-0000-c000-000000000000) cannot be verified and are refused.',
  },
  tokenFormat:
    'JWT, RS256, `typ` is `JWT`. The app that exposes the API decides about the version: `requestedAccessTokenVersion` 2 gives `ver` 2.0 and `iss` `https://{cloud}/GUID/v2.0`, GUID being the tenant of the person; `null` or 1, what new app registrations of a single tenant have, gives `ver` 1.0 and `iss` `https://sts.windows.net/GUID/`, with a final slash. The endpoint that the client used makes no difference. For `common` and `organizations` the issuer of the discovery document is a template, `https://{cloud}/{tenantid}/v2.0`: the claim `tid`, a GUID, goes into its place, and the result must equal `iss`. Keys of that JWKS have a member `issuer`; one with a GUID in it signs for that tenant alone. The lifetime is 60 to 90 minutes.',
  scopes: {
    default: ['access_as_user'],
    claims: ['scp'],
    explanation:
      'Clients see `access_as_user`; Entra is asked for `api://{client}/access_as_user`; `scp`, a string with spaces, has `access_as_user` again. A scope without a prefix would be one of Microsoft Graph. `openid`, `profile`, `email` and `offline_access` are sent bare, never get into `scp`, and are not checked; `offline_access` is what gives a refresh token. What contains `://` is sent as it is: write scopes of Graph out (`https://graph.microsoft.com/User.Read`). One token is for one resource. Tokens without a user have `roles` and no `scp`.',
  },
  registration: {
    cimd: 'setting',
    dcr: 'no',
    manual:
      'Microsoft Entra admin center > **Entra ID** > **App registrations** > **New registration**; the redirect URIs of the MCP client on the page **Authentication**; then **API permissions** > **Add a permission** > **My APIs** > the app of this server > **Delegated permissions**. To spare people the consent, add the client on the page **Expose an API** under **Authorized client applications**. Client ID Metadata Documents are a public preview: Entra represents such a client as an agent identity, and an administrator has to admit it.',
  },
  silentAboutPkce: true,
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    // OAUTH_CLIENT_ID, not the variable: the app registration is made after the project.
    scopePrefix: 'api://{client}/',
    refreshWithScopes: true,
    identityClaims: ['name', 'preferred_username', 'email', 'oid', 'tid'],
    emailVerifiedClaim: 'xms_edov',
    domainClaim: 'tid',
    otherAccountPrompt: 'select_account',
    openTo: '/(?:common|organizations)/v2\\.0$',
    explanation:
      'The ID token says who logged in. `sub` is another one for each app registration; `oid` with `tid`, the tenant, is the person throughout Microsoft. `email` and `preferred_username` can change and are never proof of anything. So `OAUTH_ALLOWED_USERS` admits a tenant by its GUID (`@8eaef023-2b34-4da1-9baa-8bc8c9d6a490`) or a person by `sub`, which the log names when somebody is refused; addresses count only if the app registration has the optional claim `xms_edov`. `openid`, `profile`, `email` and `offline_access` go to Entra bare; `offline_access` is what gives a refresh token. A plain scope of your own in `OAUTH_UPSTREAM_SCOPES` gets `api://` and `OAUTH_CLIENT_ID` before it, and loses it on the way back; what has `://` goes as it is, so write scopes of Graph out (`https://graph.microsoft.com/User.Read`). One token is for one resource. `resource` is never sent: Entra would refuse it (AADSTS9010010).',
  },
  steps: [
    'Open the [Microsoft Entra admin center](https://entra.microsoft.com) and **Entra ID** > **App registrations** > **New registration**. Choose **Supported account types**: this directory only where the tenant is an ID, accounts in any organizational directory where it is `organizations`, accounts in any organizational directory and personal Microsoft accounts where it is `common`. In a national cloud use its own portal (portal.azure.us, portal.azure.cn).',
    {
      modes: ['jwt'],
      text: 'On the page **Expose an API**, select **Add** next to **Application ID URI**, keep `api://{client}`, and select **Save**.',
    },
    {
      modes: ['jwt'],
      text: 'On the same page select **Add a scope**: **Scope name** `access_as_user`, **Who can consent** **Admins and users**, fill in the display names and descriptions, **State** **Enabled**, then **Add scope**.',
    },
    {
      modes: ['jwt'],
      text: 'On the page **Manifest**, set `"requestedAccessTokenVersion": 2` inside `"api"`, and save. Otherwise tokens come from `sts.windows.net` and are refused.',
    },
    {
      modes: ['proxy'],
      text: 'On the page **Authentication**, add the platform **Web** with the redirect URI: the `PUBLIC_URL` of this server followed by `/oauth/callback`, and `http://localhost:3000/oauth/callback` for development.',
    },
    {
      modes: ['proxy'],
      text: 'On the page **Certificates & secrets**, select **New client secret** and copy its **Value** at once into `OAUTH_CLIENT_SECRET`.',
    },
    {
      modes: ['proxy'],
      text: 'Copy **Application (client) ID** from the page **Overview** into `OAUTH_CLIENT_ID`.',
    },
    {
      modes: ['proxy'],
      text: 'Optional, to admit some people of a tenant only: **Entra ID** > **Enterprise apps** > the app > **Properties**, set **Assignment required?** to **Yes**, and assign them under **Users and groups**. For `organizations` and `common`, say in `OAUTH_ALLOWED_USERS` which tenants may log in.',
    },
    {
      modes: ['proxy'],
      text: 'Optional, to name addresses in `OAUTH_ALLOWED_USERS`, which count only with the claim `xms_edov`: on the page **Token configuration**, select **Add optional claim** and **ID**, and add `email` and `xms_edov`. If the list lacks the latter, add `{ "name": "xms_edov" }` to `idToken` of `optionalClaims` on the page **Manifest**.',
    },
    {
      modes: ['proxy'],
      text: 'Optional, for tools that call an API of yours in the name of the person: on the page **Expose an API** keep `api://` and the client ID as **Application ID URI**, select **Add a scope**, and add the name of the scope to `OAUTH_UPSTREAM_SCOPES`. Nothing else here needs an exposed API.',
    },
    {
      modes: ['jwt'],
      text: 'Compare **Application (client) ID** on the page **Overview** with `OAUTH_AUDIENCE` in `.env`: they are the same.',
    },
    'If users may not consent in your tenant, open **API permissions** and select **Grant admin consent**.',
    {
      modes: ['jwt'],
      text: 'Make a second app registration for the MCP client with its redirect URIs, add this scope under **API permissions** > **My APIs**, and list its ID under **Expose an API** > **Authorized client applications**. People enter that client ID in a client that can leave out `resource`, or make `{resource}` the Application ID URI.',
    },
  ],
  errors: [
    {
      modes: ['jwt'],
      message:
        "AADSTS9010010: The resource parameter provided in the request doesn't match with the requested scopes.",
      cure: 'The MCP client talks to Entra directly and sends `resource={resource}`, which is not the Application ID URI before the scopes. Make the server with `--auth-mode proxy`, which never sends it; or make `{resource}` the Application ID URI (its domain must be verified in the tenant) and request scopes below it; or switch `resource` off in the client.',
    },
    {
      message: "AADSTS65005: The application asked for scope 'openid' that doesn't exist",
      cure: 'An OpenID scope was sent with the Application ID URI before it. `openid`, `profile`, `email` and `offline_access` go to Entra bare. The code also means that a requested permission is not on the list of the app registration: add it under **API permissions**.',
    },
    {
      modes: ['jwt'],
      message:
        "AADSTS650053: The application '…' asked for scope '…' that doesn't exist on the resource '00000003-0000-0000-c000-000000000000'",
      cure: 'A scope of this server was requested without its prefix, so Entra looked for it in Microsoft Graph. Request `api://{client}/access_as_user`. If another resource is named, the scope is missing under **Expose an API**.',
    },
    {
      message:
        'AADSTS500011: The resource principal named api://… was not found in the tenant named …',
      cure: 'No app in this tenant has that Application ID URI: a typing error, another tenant, or an app of many tenants that nobody here has consented to yet. Compare with **Expose an API**; let an administrator of the tenant consent once.',
    },
    {
      modes: ['proxy'],
      message:
        "AADSTS650053: The application '…' asked for scope '…' that doesn't exist on the resource '00000003-0000-0000-c000-000000000000'",
      cure: '`OAUTH_UPSTREAM_SCOPES` has a scope that Microsoft Graph does not know. Plain names are those of your own API; scopes of others need their whole address. If another resource is named, the scope is missing under **Expose an API**.',
    },
    {
      modes: ['proxy'],
      message: 'AADSTS7000215: Invalid client secret provided.',
      cure: 'Copy the **Value** of the secret into `OAUTH_CLIENT_SECRET`, not its **Secret ID**; it is shown only once. Secrets expire (AADSTS7000222): make another one on the page **Certificates & secrets**.',
    },
    {
      modes: ['proxy'],
      message:
        'AADSTS50011: The redirect URI specified in the request does not match the redirect URIs configured for the application',
      cure: 'On the page **Authentication**, the platform **Web** must have the `PUBLIC_URL` of this server followed by `/oauth/callback`, character for character.',
    },
    {
      modes: ['jwt'],
      message:
        'AADSTS50011: The redirect URI specified in the request does not match the redirect URIs configured for the application',
      cure: 'Add the address, character for character, on the page **Authentication** of the app registration of the MCP client.',
    },
    {
      message: 'AADSTS65001: The user or administrator has not consented to use the application',
      cure: 'Log in interactively and consent, or select **Grant admin consent** on the page **API permissions**.',
    },
    {
      modes: ['jwt'],
      message: "AADSTS900144: The request body must contain the following parameter: 'scope'.",
      cure: 'The client sent no scope. Entra needs one in the authorization request and in the token request; let the client ask for the scopes that this server publishes.',
    },
  ],
  pages: [
    {
      title: 'Configure an application to expose a web API',
      url: 'https://learn.microsoft.com/en-us/entra/identity-platform/quickstart-configure-app-expose-web-apis',
      checked: '2026-11-21',
    },
    {
      title: 'Access tokens in the Microsoft identity platform',
      url: 'https://learn.microsoft.com/en-us/entra/identity-platform/access-tokens',
      checked: '2026-11-21',
    },
    {
      title: 'Access token claims reference',
      url: 'https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference',
      checked: '2026-11-21',
    },
    {
      title: 'Scopes and permissions in the Microsoft identity platform',
      url: 'https://learn.microsoft.com/en-us/entra/identity-platform/scopes-oidc',
      checked: '2026-11-21',
    },
    {
      title: 'App manifest (Microsoft Graph format)',
      url: 'https://learn.microsoft.com/en-us/entra/identity-platform/reference-microsoft-graph-app-manifest',
      checked: '2026-11-21',
    },
    {
      title: 'National clouds',
      url: 'https://learn.microsoft.com/en-us/entra/identity-platform/authentication-national-cloud',
      checked: '2026-11-21',
    },
    {
      title: 'ID token claims reference',
      url: 'https://learn.microsoft.com/en-us/entra/identity-platform/id-token-claims-reference',
      checked: '2026-11-21',
    },
    {
      title: 'Authentication and authorization error codes',
      url: 'https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes',
      checked: '2026-11-21',
    },
    {
      title: 'Client ID Metadata Documents in Microsoft Entra ID (preview), beginning of the page',
      url: 'https://learn.microsoft.com/en-us/entra/agent-id/client-id-metadata-documents',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    'The pages of Microsoft were read in stored versions of its documentation repository, some of them of 2023 to 2025.',
    'AADSTS9010010, AADSTS650053 and AADSTS900144, and the text shown with AADSTS65005, are known from reports of users; the stored list of error codes has AADSTS500011, 50011, 65001 and 65005 with other descriptions.',
    {
      modes: ['jwt'],
      text: 'Whether Entra accepts resource when it equals the Application ID URI with which the scopes begin is known from reports of users only.',
    },
    'That discovery lacks code_challenge_methods_supported, registration_endpoint and introspection_endpoint, and that there is no RFC 8414 document, is known from reports of users, the last of August 2026; the preview of Client ID Metadata Documents may change it.',
    {
      modes: ['jwt'],
      text: 'The issuers of version 1 tokens in national clouds were not seen: the US Government is believed to use sts.windows.net, China sts.chinacloudapi.cn.',
    },
    'The issuer of version 2 in national clouds is concluded from the host of the cloud.',
    'The pages Authentication, Certificates & secrets and API permissions, and their buttons, could not be checked; the portal is renaming parts of Authentication.',
    {
      modes: ['proxy'],
      text: 'The optional claim xms_edov and where it is added, Enterprise apps > Properties > Assignment required?, prompt=select_account, and the texts of AADSTS7000215 and AADSTS7000222 could not be checked.',
    },
    {
      modes: ['proxy'],
      text: 'That a refresh should name the scopes again is known from other libraries; Microsoft calls the parameter optional.',
    },
    {
      modes: ['jwt'],
      text: 'How Client ID Metadata Documents are enabled, and what happens to resource then, was not read beyond the beginning of the two pages about it.',
    },
    'That the member issuer of a key with a GUID restricts it to that tenant is on the page about access tokens; whether the documents of a single tenant have the member was not seen.',
  ],
} satisfies Provider;
