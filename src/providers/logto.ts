import type { Provider } from './types.js';

export const logto = {
  id: 'logto',
  aliases: [],
  title: 'Logto',
  summary: 'Logto Cloud or self-hosted; MCP clients identify themselves by a metadata document',
  mode: 'jwt',
  modes: ['jwt', 'proxy'],
  modeReason:
    'Logto binds tokens to an API resource with the `resource` parameter and, with the dynamic app, accepts clients by Client ID Metadata Documents, so the server only verifies tokens. It has no Dynamic Client Registration: choose `proxy` when your clients still need that. Opaque tokens can be introspected, but their answer names no audience, so `introspection` is not offered.',
  variables: [
    {
      name: 'domain',
      title: 'Logto endpoint',
      example: 'acme123.logto.app',
      pattern:
        '^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+(?::[0-9]{1,5})?$',
      where:
        'Logto Console > **Applications** > any application, **Endpoints & Credentials**: the host of the issuer endpoint. Your custom domain if you use one. Give it without `https://`.',
    },
  ],
  issuer: 'https://{domain}/oidc',
  hosts: '\\.logto\\.app$',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation:
      'Logto writes the identifier of an API resource into `aud` when the client names it in `resource`, in the authorization request and again in the token request. So `{resource}` has to exist as an API resource with exactly that identifier. Without `resource` clients get an opaque token, unless the API resource is the **Default API**.',
  },
  tokenFormat:
    'JWT for an API resource, opaque otherwise. Signed with the key type of the tenant: ES384 by default, RS256 if it was switched to RSA. The JWKS is `https://{domain}/oidc/jwks`.',
  scopes: {
    default: ['openid'],
    claims: ['scope'],
    explanation:
      '`scope` holds only the permissions of the API resource, never `openid` or `email`. A person is granted a permission when a role of theirs has it and, for third-party and dynamic clients, when the application has it too; other permissions are left out silently. User scopes such as `profile` and `email` lead to an error instead when the application has no permission for them. So start with `openid` and add `NAME` of a permission after granting it.',
  },
  registration: {
    cimd: 'setting',
    dcr: 'no',
    manual:
      'Logto Console > **Applications** > **Create application** > **Third-party app** > **OIDC**: name, then **Create application**; enter the redirect URIs of the client, and grant permissions in the **Permissions** tab. Another third-party type serves clients without a secret.',
  },
  authorizationParameters: { prompt: 'consent' },
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    identityClaims: ['name', 'username', 'email'],
    // Without consent, no refresh token.
    otherAccountPrompt: 'login consent',
    explanation:
      'The ID token says who logged in: `sub` identifies a person, `profile` brings the name, `email` the claims `email` and `email_verified`. A refresh token needs the scope `offline_access` and `prompt=consent`; this server sends both. No API resource is asked for, so the access token is opaque and good for Logto itself only. Whoever has an account in the tenant can log in.',
  },
  steps: [
    {
      modes: ['jwt'],
      text: 'Open the [Logto Console](https://cloud.logto.io) of your tenant and go to **API resources** > **Create API resource**.',
    },
    {
      modes: ['jwt'],
      text: 'Enter a name, and `{resource}` as **API identifier**; press **Create API resource**. The identifier cannot be changed later, and it is compared byte for byte: no slash at the end.',
    },
    {
      modes: ['jwt'],
      text: 'Optional, for scopes of your own: in its **Permissions** tab press **Create permission**, for example `mcp:use`; give the permission to a role under **Roles**, assign the role to people (or make it a default role), and add the name to `OAUTH_SCOPES`.',
    },
    {
      modes: ['jwt'],
      text: 'Optional, for clients that send no `resource`: in the **General** tab of the API resource switch on **Default API**.',
    },
    {
      modes: ['jwt'],
      text: 'Go to **Applications** > **Third-party apps** > **Create application**, choose the card **Dynamic app** and confirm. Any client with a metadata document at a public https address can then ask people for access.',
    },
    {
      modes: ['jwt'],
      text: 'Open the dynamic app in the list, and grant in its **Permissions** tab the permissions of the API resource that all such clients may get.',
    },
    {
      modes: ['jwt'],
      text: 'Check `https://{domain}/oidc/.well-known/openid-configuration`: it must show `client_id_metadata_document_supported`.',
    },
    {
      modes: ['jwt'],
      text: 'For a client without a metadata document: **Applications** > **Create application** > **Third-party app** > **OIDC**, enter its redirect URI, grant the same permissions, and give the **App ID** to the people who use it.',
    },
    {
      modes: ['proxy'],
      text: 'Open the [Logto Console](https://cloud.logto.io) of your tenant, go to **Applications** > **Create application** and choose the type **Traditional web**.',
    },
    {
      modes: ['proxy'],
      text: 'As **Redirect URIs** enter the `PUBLIC_URL` of this server followed by `/oauth/callback`, and `http://localhost:3000/oauth/callback` for development. **Save changes**.',
    },
    {
      modes: ['proxy'],
      text: 'Copy **App ID** into `OAUTH_CLIENT_ID` and the **App secret** into `OAUTH_CLIENT_SECRET`.',
    },
  ],
  errors: [
    {
      modes: ['jwt'],
      message: 'invalid_target: resource indicator is missing, or unknown',
      cure: 'No API resource has the identifier that the client sent. Compare it with `{resource}` byte for byte; some clients add a slash to an address without a path, which is no reason here, as the address has a path.',
    },
    {
      modes: ['jwt'],
      message: 'invalid_client: client not found',
      cure: 'The client ID is unknown: the dynamic app is not enabled, the metadata document could not be fetched, or a pre-registered application was deleted.',
    },
    {
      modes: ['jwt'],
      message: 'invalid_redirect_uri',
      cure: 'Add the exact redirect URI to the application. For clients with a metadata document the document decides; loopback addresses match with any port there.',
    },
    {
      modes: ['jwt'],
      message: 'invalid_scope',
      cure: 'A user scope such as `profile` or `email` is requested that the third-party or dynamic app has no permission for. Grant it in the **Permissions** tab, or take it out of OAUTH_SCOPES.',
    },
    {
      modes: ['jwt'],
      message: 'Incompatible auth server: does not support dynamic client registration',
      cure: 'The client knows neither metadata documents nor your application. Register it by hand and give it the **App ID**, or make the server with `--auth-mode proxy`.',
    },
    {
      modes: ['proxy'],
      message: 'invalid_redirect_uri',
      cure: 'Add the `PUBLIC_URL` of this server followed by `/oauth/callback` to the **Redirect URIs** of the application.',
    },
    {
      modes: ['proxy'],
      message: 'invalid_client',
      cure: '`OAUTH_CLIENT_ID` is not the **App ID** of an application of this tenant, or `OAUTH_CLIENT_SECRET` is not one of its secrets.',
    },
  ],
  pages: [
    {
      title: 'Dynamic app (CIMD)',
      url: 'https://docs.logto.io/integrate-logto/third-party-applications/dynamic-apps',
      checked: '2026-11-21',
    },
    {
      title: 'Enable third-party AI agent access to your MCP server',
      url: 'https://docs.logto.io/use-cases/ai/mcp-server-enable-third-party-ai-agent-access',
      checked: '2026-11-21',
    },
    {
      title: 'Permission management of the OIDC / OAuth application',
      url: 'https://docs.logto.io/integrate-logto/third-party-applications/permission-management',
      checked: '2026-11-21',
    },
    {
      title: 'Protect global API resources',
      url: 'https://docs.logto.io/authorization/global-api-resources',
      checked: '2026-11-21',
    },
    {
      title: 'Role-based access control (RBAC)',
      url: 'https://docs.logto.io/authorization/role-based-access-control',
      checked: '2026-11-21',
    },
    {
      title: 'Opaque token',
      url: 'https://docs.logto.io/docs/recipes/openid-connect/introspect-tokens/',
      checked: '2026-11-21',
    },
    {
      title: 'Custom ID token',
      url: 'https://docs.logto.io/developers/custom-id-token',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    {
      modes: ['jwt'],
      text: 'That discovery announces client_id_metadata_document_supported once the dynamic app is enabled was not seen on a page of Logto.',
    },
    'The signing algorithms ES384 and RS256 could not be checked.',
    {
      modes: ['jwt'],
      text: 'Whether a token for an API resource is issued to a dynamic client that has none of its permissions was not found.',
    },
    'That refresh tokens need prompt=consent besides offline_access could not be checked; it is why this server sends it in the mode `proxy`.',
    'The labels Third-party app > OIDC, General and Permissions were read in copies of different age; which third-party type makes a public client was not found.',
    {
      modes: ['jwt'],
      text: 'That an API identifier cannot be changed later could not be checked.',
    },
    'The texts of invalid_client and invalid_redirect_uri were not seen; the text of invalid_target is in Logto’s own tests.',
    'That Logto has no Dynamic Client Registration follows from its pages, which offer a manual, a Management API and a dynamic app way only.',
    {
      modes: ['jwt'],
      text: 'That introspection names no audience follows from opaque tokens being issued without a resource; an answer was not seen.',
    },
    {
      modes: ['proxy'],
      text: 'The application type Traditional web and the labels App ID and App secret could not be checked; whether prompt may have two values was not seen.',
    },
  ],
} satisfies Provider;
