import type { Provider } from './types.js';

export const sap = {
  id: 'sap',
  aliases: ['sap-cloud-identity', 'ias', 'sap-ias'],
  title: 'SAP Cloud Identity Services',
  summary: 'its Identity Authentication service; MCP clients register with the generated server',
  mode: 'proxy',
  modes: ['proxy', 'jwt', 'introspection'],
  modeReason:
    'The discovery document offers no registration of clients, and tokens carry neither scopes nor the address of a server: in the mode `proxy` this server registers the MCP clients, logs people in with one application, and keeps the scopes that were granted. `jwt` and `introspection` work for clients that you give the client ID of that application.',
  variables: [
    {
      name: 'domain',
      title: 'Domain of the SAP Cloud Identity Services tenant',
      example: 'my-tenant.accounts.ondemand.com',
      pattern: '^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$',
      where:
        'The host of the administration console: `TENANT-ID.accounts.ondemand.com` or `TENANT-ID.accounts.cloud.sap`, or your custom domain. Compare it with the issuer under **Applications and Resources** > **Tenant Settings** > **OpenID Connect (OIDC) Configuration**.',
    },
    {
      name: 'client',
      title: 'Client ID of the application',
      example: '12b52d2c-1034-45e5-a576-75e85a5df523',
      pattern: '^[0-9A-Za-z-]{8,64}$',
      where:
        'Administration console > **Applications and Resources** > **Applications** > your application > **Trust** > **Application APIs** > **Client Authentication**, **Client ID**.',
    },
  ],
  issuer: 'https://{domain}',
  hosts: '\\.accounts(?:400)?\\.(?:ondemand\\.com|cloud\\.sap)$',
  audience: {
    strategy: 'aud',
    value: '{client}',
    explanation:
      '`aud` is the client ID of the application, in access and ID tokens alike; with dependencies on other applications it becomes a list. The `resource` parameter means something else here: a URN that names such a dependency. So OAUTH_AUDIENCE is the client ID of the one application that all logins use.',
  },
  // Its access tokens may be the ID tokens, with the nonce of the authorization request.
  idTokenClaims: ['at_hash', 'c_hash'],
  tokenFormat:
    'JWT, RS256, from the authorization code flow; but **opaque** from the refresh token endpoint as long as **Access Token Format** is Grant-Type Dependent. Set it to **JSON Web Token**. The access token may be the very same JWT as the ID token.',
  scopes: {
    default: ['openid', 'profile', 'email'],
    claims: [],
    explanation:
      'Supported are `openid`, `email`, `profile`, `groups` and `offline_access`; there are no scopes of your own. Tokens carry no scope claim: what was granted is in the token response or, where that is silent, what was requested. Authorization data are the claims `groups` (scope `groups`) and `ias_apis`.',
  },
  registration: {
    cimd: 'no',
    dcr: 'no',
    manual:
      'Administration console > **Applications and Resources** > **Applications** > **Create**: display name, protocol type **OpenID Connect (OIDC)**, **+Create**. Then **Trust** > **Single Sign-On** > **OpenID Connect (OIDC) Configuration** for name, redirect URIs and grant types, and **Trust** > **Application APIs** > **Client Authentication** for secrets or **Enable Public Client Flows**.',
  },
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    identityClaims: ['name', 'email', 'preferred_username', 'groups'],
    clientAuthentication: 'client_secret_basic',
    explanation:
      'The ID token says who logged in: `sub` identifies a person in this application, `email` and `email_verified` come with the scope `email`, `groups` with the scope `groups`. Access token and ID token may be one and the same JWT; that changes nothing, because it is settled that the ID token counts. The token response may be silent about scopes: then what was requested is what was granted. There are no scopes of your own. Refresh tokens come with the grant type **Refresh**, and last as long as the token policy of the application says. `resource` means something else here and is never sent.',
  },
  steps: [
    'Sign in to the administration console at `https://{domain}/admin`, go to **Applications and Resources** > **Applications** and choose **Create**: enter a **Display Name**, select **OpenID Connect (OIDC)** as **Protocol Type**, press **+Create**.',
    {
      modes: ['proxy'],
      text: 'Open the tab **Trust** > **OpenID Connect (OIDC) Configuration**: enter a **Name**, and as **Redirect URIs** the `PUBLIC_URL` of this server followed by `/oauth/callback`, and `http://localhost:3000/oauth/callback` for development. http is allowed for localhost and 127.0.0.1 only.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Open the tab **Trust** > **OpenID Connect (OIDC) Configuration**: enter a **Name**, and as **Redirect URIs** those of the MCP clients (`http://127.0.0.1:*/callback` covers changing ports). http is allowed for localhost and 127.0.0.1 only.',
    },
    'On the same page select the grant types **Authorization Code** with **Enforce PKCE (S256)**, and **Refresh**; switch off those that you do not need, **Password** above all.',
    {
      modes: ['jwt', 'introspection'],
      text: 'Under **Advanced Settings** of the token policy set **Access Token Format** to **JSON Web Token**, and **Refresh Token Usage After Renewal** to **Online scenarios**, so that a lost answer does not end a login. **Save**.',
    },
    {
      modes: ['proxy'],
      text: 'Under **Advanced Settings** of the token policy set **Refresh Token Usage After Renewal** to **Online scenarios**, so that a lost answer does not end a login. **Save**.',
    },
    {
      modes: ['proxy', 'introspection'],
      text: 'Open **Trust** > **Application APIs** > **Client Authentication**, press **Add** under **Secrets**, tick **OpenID** as scope, and save. Copy **Client ID** and the secret into `OAUTH_CLIENT_ID` and `OAUTH_CLIENT_SECRET`: it is shown only once.',
    },
    { modes: ['introspection'], text: 'Copy the client ID into `OAUTH_AUDIENCE` as well.' },
    {
      modes: ['jwt', 'introspection'],
      text: 'Switch on **Enable Public Client Flows** under **Trust** > **Client Authentication**, and give the client ID to the people who use it. It is also the value of `OAUTH_AUDIENCE`.',
    },
    'Check `https://{domain}/.well-known/openid-configuration`: `issuer` must be `https://{domain}`. If it lacks `https://`, correct **URL** under **Tenant Settings** > **OpenID Connect (OIDC) Configuration**; that setting concerns every application of the tenant.',
    'Wait two minutes after changes to the tenant settings before trying a login.',
  ],
  errors: [
    {
      message: '400 Bad Request at /oauth2/authorize',
      cure: 'A parameter is missing or wrong: `scope` and `state` are required, with **Enforce PKCE (S256)** also `code_challenge`; otherwise the redirect URI is not in the list of the application.',
    },
    {
      message: '401 Unauthorized at /oauth2/token',
      cure: 'Client ID or secret is wrong, or the secret lacks the scope **OpenID**. Both have to be form-encoded before they go into the Basic header. After five failures the client ID is locked for 60 minutes; **Unlock** it in the administration console.',
    },
    {
      message: '400 Bad Request at /oauth2/token',
      cure: 'The authorization code is older than two minutes or was used before, the redirect URI differs, or the grant type is not selected for the application.',
    },
    {
      message: 'login_required',
      cure: 'The client sent `prompt=none` and the person has no session. Log in without it.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'insufficient_scope right after a successful login',
      cure: 'Something expects scopes inside the token. Tokens of SAP have none: keep scopes of your own out of `OAUTH_SCOPES`, or make the server with `--auth-mode proxy`, which keeps the scopes of the token response.',
    },
  ],
  pages: [
    {
      title: 'Call Identity Authentication Discovery Endpoint',
      url: 'https://github.com/SAP-docs/btp-cloud-identity-services/blob/main/docs/Operation-Guide/call-identity-authentication-discovery-endpoint-c297516.md',
      checked: '2026-11-21',
    },
    {
      title: 'Claims of SAP Cloud Identity Services OAuth Tokens',
      url: 'https://github.com/SAP-docs/btp-cloud-identity-services/blob/main/docs/Operation-Guide/claims-of-sap-cloud-identity-services-oauth-tokens-7bf3c18.md',
      checked: '2026-11-21',
    },
    {
      title: 'Configure OpenID Connect (OIDC) Application for Authorization Code Flow',
      url: 'https://github.com/SAP-docs/btp-cloud-identity-services/blob/main/docs/Operation-Guide/configure-openid-connect-oidc-application-for-authorization-code-flow-72c478e.md',
      checked: '2026-11-21',
    },
    {
      title: 'Token Policy Configuration for Applications',
      url: 'https://github.com/SAP-docs/btp-cloud-identity-services/blob/main/docs/Operation-Guide/token-policy-configuration-for-applications-c4ba52e.md',
      checked: '2026-11-21',
    },
    {
      title: 'Configure Secrets for API Authentication',
      url: 'https://github.com/SAP-docs/btp-cloud-identity-services/blob/main/docs/Operation-Guide/configure-secrets-for-api-authentication-5c3c35e.md',
      checked: '2026-11-21',
    },
    {
      title: 'Redirect URIs, Post Logout Redirect URI Rules',
      url: 'https://github.com/SAP-docs/btp-cloud-identity-services/blob/main/docs/Operation-Guide/redirect-uris-post-logout-redirect-uri-rules-48fdb9a.md',
      checked: '2026-11-21',
    },
    {
      title:
        'Configure the Client to Call Identity Authentication Authorize Endpoint for Authorization Code Flow with PKCE',
      url: 'https://github.com/SAP-docs/btp-cloud-identity-services/blob/main/docs/Operation-Guide/configure-the-client-to-call-identity-authentication-authorize-endpoint-for-authorization-a721157.md',
      checked: '2026-11-21',
    },
    {
      title: 'Call Identity Authentication Introspect Token Endpoint',
      url: 'https://github.com/SAP-docs/btp-cloud-identity-services/blob/main/docs/Operation-Guide/call-identity-authentication-introspect-token-endpoint-a05f14c.md',
      checked: '2026-11-21',
    },
    {
      title: 'Tenant OpenID Connect (OIDC) Configurations',
      url: 'https://github.com/SAP-docs/btp-cloud-identity-services/blob/main/docs/Operation-Guide/tenant-openid-connect-oidc-configurations-3d6abcc.md',
      checked: '2026-11-21',
    },
    {
      title: 'Configuring OpenID Connect (OIDC)',
      url: 'https://github.com/SAP-docs/btp-cloud-identity-services/blob/main/docs/Operation-Guide/configuring-openid-connect-oidc-a789c9c.md',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    'SAP names Dynamic Client Registration (RFC 7591) among what the service supports, without saying how; the discovery document of its example has no registration_endpoint, so dcr is no here.',
    'That access and ID token can be the same JWT, and that neither has a scope claim, is a report of a user (PrefectHQ/fastmcp#3461); the example of SAP’s token endpoint page shows the same, and its list of claims has no scope.',
    'Whether the token response of the authorization code flow has a scope member was not found; SAP’s example has none.',
    'The OAuth error codes in the bodies of the 400 and 401 answers were not seen; the errors above are named by their status. That the token endpoint answers a wrong secret with 401 was read for refresh and introspection only.',
    'The last error text comes from the report of that user, not from SAP.',
    'That the token header carries typ JWT and RS256 was seen for ID tokens in discovery; the sample tokens of the pages are cut examples with HS256.',
    'The pages were read in SAP’s repository on GitHub at its state of August 2026, not on help.sap.com.',
    {
      modes: ['jwt', 'introspection'],
      text: 'Whether an unlisted resource parameter in URL form is refused or ignored was not found.',
    },
    {
      modes: ['proxy'],
      text: 'Whether refresh tokens need the scope offline_access was not found: the pages only name the grant type, and discovery lists the scope.',
    },
    'What Identity Authentication answers to the setting Enforce Compliant OIDC Issuer in discovery without client_id is an issuer without https, says SAP; the wording of the console setting URL was not seen beyond that.',
  ],
} satisfies Provider;
