import type { Provider } from './types.js';

export const auth0 = {
  id: 'auth0',
  aliases: [],
  title: 'Auth0',
  summary: 'Auth0 tenants; MCP clients register with Auth0 by CIMD, DCR or hand',
  mode: 'jwt',
  modes: ['jwt', 'proxy'],
  modeReason:
    'Auth0 registers MCP clients itself and issues JWTs for an API, so this server only verifies tokens. It has no public endpoint for introspection. `proxy` is for tenants whose administrators do not want third-party applications.',
  variables: [
    {
      name: 'domain',
      title: 'Auth0 domain',
      example: 'dev-abc123.us.auth0.com',
      pattern: '^(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,}$',
      where:
        'Auth0 Dashboard > Applications > Applications > any application > Settings, field **Domain**. With a custom domain, use that one everywhere: tokens name the domain at which they were requested.',
    },
  ],
  issuer: 'https://{domain}/',
  hosts: '\\.auth0\\.com$',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation:
      'An MCP server is an API in Auth0, and its **Identifier** becomes `aud`. Make the Identifier equal to `{resource}`, character for character: with and without a final slash are two identifiers, and it cannot be changed later. MCP clients name it with the `resource` parameter, which Auth0 only reads while the Resource Parameter Compatibility Profile is on. If `openid` is among the scopes of a first-party application, `aud` is an array that also holds `https://{domain}/userinfo`.',
  },
  tokenFormat:
    'JWT, RS256 (PS256 is possible; HS256 is not for this). `typ` is `JWT` with the profile Auth0 and `at+jwt` with the profile RFC 9068; the client is in `azp` or `client_id` accordingly. A token requested without an API is opaque and only good for `/userinfo`; it often has five parts, which makes it an encrypted token and not a JWT that can be verified.',
  scopes: {
    default: ['mcp:use'],
    claims: ['scope'],
    explanation:
      '`scope` is a string with spaces: what was requested, cut down to the grant of the application, to the roles of the user when RBAC is on, and to what the user agreed to. `permissions` exists only with **Enable RBAC** and **Add Permissions in the Access Token**; it says what the user may do, not what the client was granted, so it is not read as scopes. Do not require `openid`, `profile` or `email`: applications that registered through CIMD or DCR are third-party ones, and Auth0 ignores OIDC scopes for them.',
  },
  registration: {
    cimd: 'setting',
    dcr: 'setting',
    manual:
      'Dashboard > **Applications > Applications > Create Application**: **Import from URL** with the CIMD URL of the client, then **Preview** and **Create**; or **Create it manually**, type **Native** (desktop) or **Regular Web**, and the redirect URIs under **Settings > Allowed Callback URLs**. Every CIMD client is imported by an administrator once.',
  },
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    identityClaims: ['name', 'nickname', 'email'],
    clientAuthentication: 'client_secret_post',
    explanation:
      'The ID token says who logged in: `sub` identifies a person, `profile` brings names, `email` the claims `email` and `email_verified`. A refresh token comes with the scope `offline_access`, if the application has the grant type **Refresh Token**. No API is asked for, so the access token is opaque and good for `/userinfo` only. Whoever has an account in a connection of the application, or can sign up there, can log in.',
  },
  steps: [
    {
      modes: ['jwt'],
      text: 'Open **Applications > APIs** in the Auth0 Dashboard and select **+ Create API**. Give it a **Name**, the **Identifier** `{resource}`, the **JSON Web Token (JWT) Profile** `RFC 9068` and the signing algorithm `RS256`; select **Create**.',
    },
    {
      modes: ['jwt'],
      text: 'On the API, open the tab **Permissions**, enter `mcp:use` (or what your `OAUTH_SCOPES` has) with a description, and select **Add**.',
    },
    {
      modes: ['jwt'],
      text: 'On the API, tab **Settings**, scroll to **Default Permissions for Third-Party Applications**. Select **Authorized** for **User-Delegated Access**, tick `mcp:use`, and select **Save**. Without it no registered MCP client gets a token.',
    },
    {
      modes: ['jwt'],
      text: 'Open **Settings > Advanced** and scroll to **Settings**. Turn on **Resource Parameter Compatibility Profile** and **Include Issuer in Authorization Responses**.',
    },
    {
      modes: ['jwt'],
      text: 'On the same page, turn on **Client ID Metadata Document Registration** and import each client under **Applications > Applications > Create Application > Import from URL**. For clients without CIMD, turn on **Dynamic Client Registration (DCR)**: then anybody can register applications in your tenant.',
    },
    {
      modes: ['jwt'],
      text: 'Open **Authentication**, choose the kind of connection (**Database**, **Social**, **Enterprise**) and then the connection that people log in with. On its **Settings** tab turn on **Promote Connection to Domain Level** and select **Save Changes**.',
    },
    {
      modes: ['jwt'],
      text: 'Set `OAUTH_ISSUER_URL=https://{domain}/`, with its final slash, and `OAUTH_AUDIENCE={resource}`.',
    },
    {
      modes: ['jwt'],
      text: 'To register a client by hand instead: **Applications > Applications > Create Application**, type **Native**, tick **This application is owned by a third party**, select **Create**, and enter the redirect URIs of the MCP client under **Allowed Callback URLs**. People then enter its Client ID in their MCP client.',
    },
    {
      modes: ['proxy'],
      text: 'Open **Applications > Applications** in the Auth0 Dashboard, select **Create Application**, the type **Regular Web Applications**, and **Create**.',
    },
    {
      modes: ['proxy'],
      text: 'On its tab **Settings**, under **Allowed Callback URLs**, enter the `PUBLIC_URL` of this server followed by `/oauth/callback`, and `http://localhost:3000/oauth/callback` for development. Select **Save Changes**.',
    },
    {
      modes: ['proxy'],
      text: 'Copy **Client ID** into `OAUTH_CLIENT_ID` and **Client Secret** into `OAUTH_CLIENT_SECRET`.',
    },
    {
      modes: ['proxy'],
      text: 'Under **Advanced Settings** > **Grant Types** see that **Authorization Code** and **Refresh Token** are ticked, and on the tab **Connections** turn on those that people log in with.',
    },
    {
      modes: ['proxy'],
      text: 'Set `OAUTH_ISSUER_URL=https://{domain}/`, with its final slash.',
    },
  ],
  errors: [
    {
      modes: ['jwt'],
      message: 'Service not enabled within domain: {resource}',
      cure: 'No API of the tenant has this Identifier. Compare it with `{resource}` byte for byte, final slash included. An Identifier cannot be edited: create another API.',
    },
    {
      modes: ['jwt'],
      message: 'Client "tpc_…" is not authorized to access resource server "{resource}"',
      cure: 'The API exists, the grant is missing. Set **Default Permissions for Third-Party Applications** to **Authorized** for **User-Delegated Access**, or grant access on the API, tab **Application Access**. `unauthorized_client` means the same; an access policy that allows all applications does not cover third-party ones.',
    },
    {
      modes: ['jwt'],
      message: 'invalid_request: no connections enabled for the client',
      cure: 'Registered clients use only connections of the domain. Turn on **Promote Connection to Domain Level** for a connection.',
    },
    {
      modes: ['jwt'],
      message: 'parameter organization is invalid',
      cure: 'The organization does not admit third-party applications. Let it under the settings of the organization, or log in without an organization.',
    },
    {
      modes: ['jwt'],
      message: 'The access token is opaque, or has five parts instead of three',
      cure: 'The client asked for no API: it sent no `resource`, or the **Resource Parameter Compatibility Profile** is off. Turn the profile on and let the client log in again. For clients that cannot send `resource`, set **Default Audience** in the tenant settings to `{resource}`.',
    },
    {
      modes: ['proxy'],
      message: 'Callback URL mismatch.',
      cure: 'Add the `PUBLIC_URL` of this server followed by `/oauth/callback` to **Allowed Callback URLs** of the application, character for character.',
    },
    {
      modes: ['proxy'],
      message: 'no connections enabled for the client',
      cure: 'Turn on a connection on the tab **Connections** of the application.',
    },
  ],
  pages: [
    {
      title: 'Enable Resource Parameter Compatibility Profile',
      url: 'https://auth0.com/ai/docs/mcp/guides/resource-param-compatibility-profile',
      checked: '2026-11-21',
    },
    {
      title: 'Dynamic Client Registration for MCP clients',
      url: 'https://auth0.com/ai/docs/mcp/guides/registering-your-mcp-client-application/dynamic-client-registration',
      checked: '2026-11-21',
    },
    {
      title: 'Manual CIMD Registration',
      url: 'https://auth0.com/ai/docs/mcp/guides/registering-your-mcp-client-application/manual-cimd-registration',
      checked: '2026-11-21',
    },
    {
      title: 'Manual Client Registration',
      url: 'https://auth0.com/ai/docs/mcp/guides/registering-your-mcp-client-application/manual-client-registration',
      checked: '2026-11-21',
    },
    {
      title: 'Dynamic Client Registration',
      url: 'https://auth0.com/docs/get-started/applications/dynamic-client-registration',
      checked: '2026-11-21',
    },
    {
      title: 'Configure Third-Party Applications',
      url: 'https://auth0.com/docs/get-started/applications/third-party-applications/configure-third-party-applications',
      checked: '2026-11-21',
    },
    {
      title: 'Security Controls for Third-Party Applications',
      url: 'https://auth0.com/docs/get-started/applications/third-party-applications/security-controls',
      checked: '2026-11-21',
    },
    {
      title: 'Troubleshoot Third-Party Applications',
      url: 'https://auth0.com/docs/get-started/applications/third-party-applications/troubleshooting',
      checked: '2026-11-21',
    },
    {
      title: 'Application Access to APIs: Client Grants',
      url: 'https://auth0.com/docs/get-started/applications/application-access-to-apis-client-grants',
      checked: '2026-11-21',
    },
    {
      title: 'Promote Connections to Domain Level',
      url: 'https://auth0.com/docs/authenticate/identity-providers/promote-connections-to-domain-level',
      checked: '2026-11-21',
    },
    {
      title: 'Register APIs',
      url: 'https://auth0.com/docs/get-started/auth0-overview/set-up-apis',
      checked: '2026-11-21',
    },
    {
      title: 'Add API Permissions',
      url: 'https://auth0.com/docs/get-started/apis/add-api-permissions',
      checked: '2026-11-21',
    },
    {
      title: 'Access Token Profiles',
      url: 'https://auth0.com/docs/secure/tokens/access-tokens/access-token-profiles',
      checked: '2026-11-21',
    },
    {
      title: 'Access Tokens',
      url: 'https://auth0.com/docs/secure/tokens/access-tokens',
      checked: '2026-11-21',
    },
    {
      title: 'Get Refresh Tokens',
      url: 'https://auth0.com/docs/secure/tokens/refresh-tokens/get-refresh-tokens',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    "The vendor pages were read in a copy of the vendor's documentation repository of 2026-08-20.",
    {
      modes: ['jwt'],
      text: 'The texts "Service not enabled within domain", "Client … is not authorized to access resource server" and "no connections enabled for the client" are known from reports of users.',
    },
    {
      modes: ['jwt'],
      text: 'That a token without an API often is an encrypted one of five parts is known from reports of users; the pages only call it opaque.',
    },
    'The place of the field Domain in the dashboard could not be checked.',
    'That Auth0 has no introspection endpoint could not be checked: no page was found that has one.',
    {
      modes: ['jwt'],
      text: 'One page names the setting Default Permissions for Third-Party Applications, another Default Permissions for Third Party Apps.',
    },
    {
      modes: ['jwt'],
      text: 'That permissions is not reduced to the grant of the client is concluded from its description, not stated.',
    },
    {
      modes: ['proxy'],
      text: 'The labels of the settings of a regular web application, and the text Callback URL mismatch, could not be checked. That a login without an API brings a refresh token was not seen on a page.',
    },
  ],
} satisfies Provider;
