import type { Provider } from './types.js';

export const zitadel = {
  id: 'zitadel',
  aliases: [],
  title: 'ZITADEL',
  summary: 'ZITADEL Cloud or self-hosted; tokens are checked by introspection',
  mode: 'introspection',
  modes: ['introspection', 'jwt', 'proxy'],
  modeReason:
    'Clients that register themselves (DCR) or bring a metadata document (CIMD) get opaque access tokens in ZITADEL, and no setting makes them JWTs beforehand; introspection accepts both kinds. `jwt` is the faster choice when every client is an application that you created with token type JWT. `proxy` is for instances where self-registration has to stay off.',
  variables: [
    {
      name: 'domain',
      title: 'ZITADEL domain',
      example: 'acme-abc123.us1.zitadel.cloud',
      pattern:
        '^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+(?::[0-9]{1,5})?$',
      where:
        'The host of the Management Console in the address bar: the domain of the instance, or your custom domain. Give it without `https://`.',
    },
    {
      name: 'project',
      title: 'ZITADEL project ID',
      example: '341234567890123456',
      pattern: '^[0-9]{10,20}$',
      where:
        'Management Console > **Projects** > your project, **Resource Id** in the header of the page.',
    },
  ],
  issuer: 'https://{domain}',
  hosts: '\\.zitadel\\.cloud$',
  audience: {
    strategy: 'aud',
    value: '{project}',
    explanation:
      '`aud` holds the client IDs of the applications of the client’s project and the ID of that project, never a URL: ZITADEL accepts the `resource` parameter and ignores it. The scope `urn:zitadel:iam:org:project:id:{project}:aud` adds your project to the audience, whichever project the client belongs to; the server asks for it by its published scopes. Introspection answers `active: false` unless the API application that asks, or its project, is in the audience.',
  },
  tokenFormat:
    'Opaque by default. For an application that you create, **Token Settings** > **Token Type** switches to **JWT** (RS256 with the default keys; JWKS at `https://{domain}/oauth/v2/keys`). Keys rotate without notice. Access tokens of self-registered and CIMD clients are always opaque at first.',
  scopes: {
    default: ['openid', 'profile', 'email', 'urn:zitadel:iam:org:project:id:{project}:aud'],
    claims: [],
    explanation:
      'JWT access tokens carry no scope claim; an introspection response has `scope`. ZITADEL has no scopes of your own: permissions are project roles, found in `urn:zitadel:iam:org:project:roles` when the client asks for `urn:zitadel:iam:org:projects:roles`. So no scope is required of a token, and the audience does the work. `openid` is mandatory in every authorization request.',
  },
  registration: {
    cimd: 'setting',
    dcr: 'setting',
    manual:
      'Management Console > **Projects** > your project > **Applications** > **New**: **Native** (public, PKCE) for desktop clients, **Web** for servers; enter the redirect URIs, and choose **JWT** as **Token Type** in **Token Settings**. Plain `http` needs **Development Mode**, except for loopback addresses of native applications.',
  },
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    identityClaims: ['name', 'email', 'preferred_username'],
    explanation:
      'The ID token says who logged in: `sub` identifies a person. Name and address are in it only if **User Info inside ID Token** is switched on for the application; without that, the server asks the userinfo endpoint for them. A refresh token needs the grant type **Refresh Token** of the application and the scope `offline_access`, and is another one after each use. Whether access tokens are JWTs does not matter here. Whoever has an account in the instance can log in, unless the project checks for authorizations.',
  },
  steps: [
    {
      modes: ['jwt', 'introspection'],
      text: 'Open the Management Console at `https://{domain}/ui/console`, go to **Projects** and open (or create) the project of this server; its ID is `{project}`.',
    },
    {
      modes: ['introspection'],
      text: 'In the project choose **New** under **Applications**, type **API**, authentication method **Basic**. Copy **ClientId** and **ClientSecret** into `OAUTH_CLIENT_ID` and `OAUTH_CLIENT_SECRET`: the server introspects tokens with them.',
    },
    {
      modes: ['introspection'],
      text: 'Read the present security settings with the settings API (`GET https://{domain}/v2/settings/security`, token of an IAM_OWNER). The next call replaces all of them.',
    },
    {
      modes: ['introspection'],
      text: 'Enable registration: `PUT https://{domain}/v2/settings/security` with the settings to keep and `{ "dynamicClientRegistration": { "enabled": true, "allowUnauthenticated": true } }`. Without `allowUnauthenticated` clients need an initial access token, which MCP clients do not have. Older releases have a feature flag and a runtime setting for the same.',
    },
    {
      modes: ['introspection'],
      text: 'Self-hosted only, for clients with a metadata document: allow their URLs in the runtime configuration (`OIDC.ClientIDMetadataDocument`) and enable `clientIdMetadataDocument` in the same security settings. Documents with loopback redirect URIs are refused.',
    },
    {
      modes: ['introspection'],
      text: 'Check `https://{domain}/.well-known/openid-configuration`: it must show `registration_endpoint`.',
    },
    {
      modes: ['jwt'],
      text: 'For each MCP client: in the project create an application of type **Native** with method **PKCE** and the redirect URI of the client, set **Token Settings** > **Token Type** to **JWT**, and enter its client ID in the MCP client.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Leave `OAUTH_SCOPES` with the entry `urn:zitadel:iam:org:project:id:{project}:aud`: clients that do not ask for it get tokens that are not for this server.',
    },
    {
      modes: ['proxy'],
      text: 'Open the Management Console at `https://{domain}/ui/console`, go to **Projects** and open (or create) the project of this server.',
    },
    {
      modes: ['proxy'],
      text: 'In the project choose **New** under **Applications**, type **Web**, authentication method **CODE** with a secret (Basic).',
    },
    {
      modes: ['proxy'],
      text: 'Enter the `PUBLIC_URL` of this server followed by `/oauth/callback` as redirect URI. For development make another application with `http://localhost:3000/oauth/callback`, and switch on its **Development Mode**, which plain `http` needs.',
    },
    {
      modes: ['proxy'],
      text: 'Copy **ClientId** into `OAUTH_CLIENT_ID` and **ClientSecret** into `OAUTH_CLIENT_SECRET`; the secret is shown only once.',
    },
    {
      modes: ['proxy'],
      text: 'In the settings of the application tick the grant type **Refresh Token**.',
    },
  ],
  errors: [
    {
      message:
        'The requested redirect_uri is missing in the client configuration. If you have any questions, you may contact the administrator of the application.',
      cure: 'Add the exact redirect URI to the application and press Save. For `http` addresses switch on **Development Mode**, or use an application of type Native for loopback addresses.',
    },
    {
      message: 'Errors.App.NotFound',
      cure: 'The client ID of the request does not exist on this instance: a removed registration that the client still remembers, or the application ID instead of the client ID. Make the client forget its registration.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'invalid_scope',
      cure: 'Typically `openid` is missing in the request. Keep it in OAUTH_SCOPES.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'no redirect_uri matches the client_id origin',
      cure: 'The client presented a metadata document whose redirect URIs lie elsewhere, as those of desktop clients do (`http://localhost`). Switch `clientIdMetadataDocument` off so that such clients register instead.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'token is not valid for this client',
      cure: 'From introspection, seen as `active: false`: the token’s audience lacks this project. The client did not request `urn:zitadel:iam:org:project:id:{project}:aud`; check OAUTH_SCOPES and log in again.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: '404 Not Found at /oauth/v2/register',
      cure: 'Dynamic client registration is disabled; enable it in the security settings of the instance.',
    },
    {
      modes: ['proxy'],
      message: 'invalid_scope',
      cure: 'Typically `openid` is missing in the request. Keep it in `OAUTH_UPSTREAM_SCOPES`.',
    },
  ],
  pages: [
    {
      title: 'OAuth 2.0 Dynamic Client Registration',
      url: 'https://zitadel.com/docs/guides/integrate/dynamic-client-registration',
      checked: '2026-11-21',
    },
    {
      title: 'Client ID Metadata Document',
      url: 'https://zitadel.com/docs/guides/integrate/client-id-metadata-document',
      checked: '2026-11-21',
    },
    {
      title: 'Scopes in ZITADEL',
      url: 'https://zitadel.com/docs/apis/openidoauth/scopes',
      checked: '2026-11-21',
    },
    {
      title: 'Claims in ZITADEL',
      url: 'https://zitadel.com/docs/apis/openidoauth/claims',
      checked: '2026-11-21',
    },
    {
      title: 'OpenID Connect Endpoints in ZITADEL',
      url: 'https://zitadel.com/docs/apis/openidoauth/endpoints',
      checked: '2026-11-21',
    },
    {
      title: 'Applications (Management Console)',
      url: 'https://zitadel.com/docs/guides/manage/console/applications-overview',
      checked: '2026-11-21',
    },
    {
      title: 'Source: client ID metadata documents, introspection',
      url: 'https://github.com/zitadel/zitadel/tree/main/internal/api/oidc',
      checked: '2026-11-21',
    },
    {
      title: 'How to enable and receive Refresh Tokens',
      url: 'https://help.zitadel.com/how-to-enable-and-receive-refresh-tokens',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    {
      modes: ['jwt', 'introspection'],
      text: 'That tokens of self-registered clients are opaque is an open issue of a user for version 4.17 (zitadel/zitadel#12658); for CIMD clients it was read in the source.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'The body with allowUnauthenticated was read in the description of a merged pull request (zitadel/zitadel#12313) and in a guide of others; the page of ZITADEL was seen in full only in its older form with a feature flag.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Whether the system setting for metadata documents is opened on ZITADEL Cloud was not found.',
    },
    'The console labels Resource Id, ClientId, ClientSecret and Basic, and the console address /ui/console, could not be checked.',
    {
      modes: ['jwt', 'introspection'],
      text: 'That a client of another project may request the audience scope of this project without a grant follows from the page on scopes, which names no condition; it was not tried.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'The algorithm RS256 was seen in a discovery document posted by a user; instances with other web keys sign with theirs.',
    },
    'The text of the first two errors is known from reports of users.',
    {
      modes: ['proxy'],
      text: 'The labels CODE, Refresh Token and Development Mode could not be checked; User Info inside ID Token is on the page of the endpoints.',
    },
  ],
} satisfies Provider;
