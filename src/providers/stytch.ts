import type { Provider } from './types.js';

export const stytch = {
  id: 'stytch',
  aliases: ['stytch-connected-apps'],
  title: 'Stytch',
  summary: 'Consumer or B2B, JWT access tokens; you host the login page',
  mode: 'jwt',
  modes: ['jwt'],
  modeReason:
    'With Connected Apps a Stytch project registers MCP clients and issues JWT access tokens. The login and consent page is not hosted by Stytch: it is a page of your own application.',
  variables: [
    {
      name: 'domain',
      title: 'Stytch project domain',
      example: 'acme-word-1234.customers.stytch.dev',
      pattern:
        '^(?!https?://)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$',
      where:
        'Stytch Dashboard, **Project Settings**, **Project Domain**, without `https://`. With a custom domain: that domain.',
    },
    {
      name: 'project',
      title: 'Stytch project ID',
      example: 'project-test-11111111-1111-4111-8111-111111111111',
      pattern: '^project-(?:test|live)-[0-9a-f-]{36}$',
      where:
        'Stytch Dashboard, **Project Settings**, **Project ID**. Test and live environments have different IDs.',
    },
  ],
  issuer: 'https://{domain}',
  hosts: '\\.stytch\\.(?:dev|com)$',
  audience: {
    strategy: 'aud',
    value: '{project}',
    explanation:
      'Access tokens of Connected Apps name the project ID in `aud`, also when the client sends `resource`. Two MCP servers of one project cannot tell their tokens apart by it; use one project for each, or scopes that only one of them accepts.',
  },
  tokenFormat:
    "JWT signed with RS256; the keys are at `https://{domain}/.well-known/jwks.json`. `client_id` in the token is Stytch's own `connected-app-…` ID, also for clients that use a metadata document. Session JWTs of the same project have the same `aud` but no `client_id`.",
  scopes: {
    default: ['openid', 'email'],
    claims: ['scope'],
    explanation:
      'Every client may ask for `openid`, `profile`, `email`, `phone` and `offline_access`. Scopes of your own come from the RBAC policy of the project. `scope` is one string, separated by spaces.',
  },
  registration: {
    cimd: 'setting',
    dcr: 'setting',
    manual:
      'Stytch Dashboard, **Connected Apps**, **Add Application**: choose a third-party application and the public method for MCP clients (PKCE, no secret), then enter the redirect URLs.',
  },
  authorizationParameters: {},
  steps: [
    'In your web application, add a page that renders `<IdentityProvider />` (Consumer) or `<B2BIdentityProvider />` (B2B) of the Stytch SDK for users who are logged in, for example at `/oauth/authorize`. Stytch has no such page of its own.',
    'In the Stytch Dashboard, open **Frontend SDKs** and enable the SDK for the address of that application.',
    'Open **Connected Apps**, **Settings**, and enter the address of that page as **Authorization URL**.',
    'In the same place, switch on **Allow dynamic client registration**, and CIMD as well: it keeps the number of registered clients small.',
    'Open **Project Settings** and copy **Project Domain** and **Project ID**.',
    'For production, set up a custom domain for the project and use it as `{domain}`: without it, the issuer in authorization responses and the issuer in tokens differ.',
    'Set `OAUTH_ISSUER_URL` to `https://{domain}` and `OAUTH_AUDIENCE` to `{project}`.',
    'Request `https://{domain}/.well-known/oauth-authorization-server`. It must name your page as `authorization_endpoint` and contain `registration_endpoint`.',
  ],
  errors: [
    {
      message:
        'authorization_endpoint_not_configured_for_project: The project does not have an authorization endpoint configured.',
      cure: 'Enter the address of your login and consent page as **Authorization URL** in the settings of **Connected Apps**. Until then the metadata addresses answer 400. Settings of the test and the live environment are separate.',
    },
    {
      message: 'too_many_connected_apps',
      cure: 'Command-line clients register again and again as confidential clients. Switch CIMD on, so that a client has one registration, and delete unused clients.',
    },
    {
      message: 'issuer mismatch (RFC 9207)',
      cure: 'The authorization response names `stytch.com/{project}` and the tokens name the project domain. Set up a custom domain for the project and send all calls to it.',
    },
    {
      message: 'connected_app_supplied_redirect_url_not_found_in_client',
      cure: 'The redirect URI of the client is not registered. Add it to the application under **Connected Apps**.',
    },
  ],
  pages: [
    {
      title: 'Connected App Access Token Object',
      url: 'https://stytch.com/docs/b2b/api/connected-app-access-token',
      checked: '2026-11-21',
    },
    {
      title: 'Get OpenID Configuration',
      url: 'https://stytch.com/docs/b2b/api/connected-app-openid-configuration',
      checked: '2026-11-21',
    },
    {
      title: 'Custom domain',
      url: 'https://stytch.com/docs/connected-apps/resources/custom-domains',
      checked: '2026-11-21',
    },
    {
      title: 'Connected Apps FAQ',
      url: 'https://stytch.com/docs/connected-apps/resources/faq',
      checked: '2026-11-21',
    },
    {
      title: 'Dynamic Client Registration',
      url: 'https://stytch.com/docs/api-reference/b2b/api/connected-apps/application-management/dynamic-client-registration',
      checked: '2026-11-21',
    },
    {
      title: 'Integrate with MCP servers on Vercel',
      url: 'https://stytch.com/docs/connected-apps/guides/mcp-servers-vercel',
      checked: '2026-11-21',
    },
    {
      title: 'Stytch supports CIMD for OAuth',
      url: 'https://stytch.com/blog/stytch-supports-cimd',
      checked: '2026-11-21',
    },
    {
      title: '400 errors',
      url: 'https://stytch.com/docs/api-reference/b2b/api/errors/400',
      checked: '2026-11-21',
    },
    {
      title: 'stytchauth/mcp-examples README',
      url: 'https://github.com/stytchauth/mcp-examples/blob/2ad94bacb4a75c187c66e67ebd899200b481275f/README.md',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    "The token page shows the project ID in `aud` but describes the member as the client ID; a decoded token of Stytch's public demo server (June 2026, third-party notes) also has the project ID there, although the client had sent `resource`.",
    'That `resource` never changes `aud` is a conclusion from this one token; an access token template may add an audience of your own.',
    'That the RFC 8414 document has `registration_endpoint`, `client_id_metadata_document_supported` and `code_challenge_methods_supported: ["S256"]` comes from notes about two live projects; the vendor\'s example of the OpenID configuration shows none of the three.',
    'The exact name of the CIMD switch in the dashboard was not seen.',
    'That session JWTs of the project share its keys and `aud` and have no `client_id` was not checked against a vendor page.',
    'The error code for an unregistered redirect URI comes from a third-party README.',
    'The statement that Stytch has no hosted consent page comes from the documented Authorization URL and from reports of several projects.',
    'The `typ` header of access tokens was not seen.',
  ],
} satisfies Provider;
