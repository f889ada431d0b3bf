import type { Provider } from './types.js';

export const ping = {
  id: 'ping',
  aliases: ['pingone', 'ping-identity', 'pingidentity'],
  title: 'Ping Identity PingOne',
  summary: 'PingOne environment with a custom resource; clients are registered by an administrator',
  mode: 'proxy',
  modes: ['proxy', 'jwt', 'introspection'],
  modeReason:
    'PingOne has no client registration endpoint for MCP clients, so in the mode `proxy` this server registers them and is itself one application in PingOne. `jwt` works for clients that an administrator registers in PingOne; `introspection` does too and notices revoked tokens.',
  variables: [
    {
      name: 'environment',
      title: 'PingOne environment ID',
      example: 'abfba8f6-49eb-49f5-a5d9-80ad5c98f9f6',
      pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
      where: 'PingOne admin console, **Settings > Environment Properties**, **Environment ID**.',
    },
    {
      name: 'host',
      title: 'PingOne authentication host',
      example: 'auth.pingone.eu',
      pattern: '^auth\\.pingone\\.(?:com|ca|eu|com\\.au|sg|asia)$',
      where:
        'By the region of the environment (**Settings > Environment Properties**): North America `auth.pingone.com`, Canada `auth.pingone.ca`, Europe `auth.pingone.eu`, Australia `auth.pingone.com.au`, Singapore `auth.pingone.sg`, Asia-Pacific `auth.pingone.asia`.',
      default: 'auth.pingone.com',
    },
  ],
  issuer: 'https://{host}/{environment}/as',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation:
      'The **Audience** of a custom resource is what PingOne writes into `aud`; without one it is the name of the resource. It is there only when at least one scope of that resource was asked for and granted. A token with OpenID Connect scopes alone is not meant for this server.',
  },
  tokenFormat:
    'JWT signed with RS256; the keys are at `https://{host}/{environment}/as/jwks`. The header has `kid`. `typ` may be absent now; from 2 March 2027 it is always `at+jwt`.',
  scopes: {
    default: ['mcp:use'],
    claims: ['scope'],
    explanation:
      '`mcp:use` is a scope of the custom resource, and each application must be allowed to ask for it on its **Resources** tab. `scope` is one string, separated by spaces.',
  },
  registration: {
    cimd: 'no',
    dcr: 'no',
    manual:
      'Admin console, **Applications > Applications**, plus icon, type **Native** (public client with PKCE): **Redirect URIs** on the **Configuration** tab, the scopes of the custom resource on the **Resources** tab, then the toggle at the top right.',
  },
  silentAboutPkce: true,
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email'],
    identityClaims: ['name', 'email', 'preferred_username'],
    clientAuthentication: 'client_secret_basic',
    explanation:
      'The ID token says who logged in: `sub` identifies a person, `profile` brings the name, `email` the claims `email` and `email_verified`. A refresh token comes with the grant type **Refresh Token** of the application; `offline_access` asks for one that lasts longer, if it is among the allowed scopes. Scopes of a custom resource may stand beside the OpenID Connect ones, but not those of two resources. Whoever has an account in the environment can log in, unless the application is for some groups only.',
  },
  steps: [
    {
      modes: ['jwt', 'introspection'],
      text: 'In the PingOne admin console of your environment, open **Applications > Resources** and click the plus icon. Enter a **Resource Name** and click **Next**.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Enter `{resource}` as **Audience** and click **Save**.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'On the **Scopes** tab of the resource, click **+ Add Scope**, enter `mcp:use` as **Name** and click **Save**. Enable the resource with the toggle at the top.',
    },
    {
      modes: ['proxy', 'introspection'],
      text: 'In the PingOne admin console of your environment, open **Applications > Applications**, click the plus icon, enter a name, choose **OIDC Web App** and click **Save**. This application is your MCP server.',
    },
    {
      modes: ['proxy'],
      text: 'On its **Configuration** tab, click the pencil, set **Redirect URIs** to the `PUBLIC_URL` of this server followed by `/oauth/callback`, add `http://localhost:3000/oauth/callback` for development, tick the grant types **Authorization Code** and **Refresh Token**, keep **Client Secret Basic** as token endpoint authentication method, and click **Save**.',
    },
    {
      modes: ['proxy', 'introspection'],
      text: 'From its **Overview** (or **Profile**) tab, copy client ID and client secret into `OAUTH_CLIENT_ID` and `OAUTH_CLIENT_SECRET`.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Open **Applications > Applications** and create one application of type **Native** for each MCP client, with the redirect URI of that client. Enter its client ID in the client.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'On the **Resources** tab of every application, click the pencil, add `mcp:use` of your resource and `openid` to the allowed scopes and click **Save**. Enable it with the toggle at the top right.',
    },
    {
      modes: ['proxy'],
      text: 'On its **Resources** tab, click the pencil, see that `openid`, `profile` and `email` are among the allowed scopes and click **Save**. Enable the application with the toggle at the top right.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Set `OAUTH_ISSUER_URL` to `https://{host}/{environment}/as` and `OAUTH_AUDIENCE` to `{resource}`.',
    },
    {
      modes: ['proxy'],
      text: 'Set `OAUTH_ISSUER_URL` to `https://{host}/{environment}/as`.',
    },
  ],
  errors: [
    {
      message: 'May not request scopes for multiple resources',
      cure: 'One request asked for scopes of two resources. Ask for the scopes of one custom resource only, or set **Request scopes to access multiple resources** in the application.',
    },
    {
      message: 'Redirect URI mismatch',
      cure: 'Add the exact redirect address under **Redirect URIs** on the **Configuration** tab of the application. The sign-on URL is another field.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'unexpected "aud" claim value',
      cure: 'The token was issued for OpenID Connect or for the PingOne API because no scope of your resource was granted. Ask for `mcp:use` and allow it on the **Resources** tab of the application; check that the **Audience** of the resource is `{resource}`.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'Incompatible auth server: does not support dynamic client registration',
      cure: 'PingOne registers no MCP clients. Make the server with `--auth-mode proxy`, or enter the client ID of an application made by an administrator in the MCP client.',
    },
  ],
  pages: [
    {
      title: 'Token claims',
      url: 'https://developer.pingidentity.com/pingone-api/foundations/authentication-concepts/access-tokens-and-id-tokens/token-claims.html',
      checked: '2026-11-21',
    },
    {
      title: 'Token claims (previous site, claim by claim)',
      url: 'https://apidocs.pingidentity.com/pingone/main/v1/api/src/authentication-concepts/access-tokens-and-id-tokens/token-claims/',
      checked: '2026-11-21',
    },
    {
      title: 'OpenID Connect (OIDC) scopes',
      url: 'https://developer.pingidentity.com/pingone-api/foundations/pingone-roles-scopes-and-permissions/access-services-through-scopes-and-roles/openid-connect-oidc-scopes.html',
      checked: '2026-11-21',
    },
    {
      title: 'Configure an Application to use the offline_access Scope, beginning of the page',
      url: 'https://developer.pingidentity.com/pingone-api/workflow-library/application-management/configure-an-application-to-use-the-offline-access-scope.html',
      checked: '2026-11-21',
    },
    {
      title: 'Grant types, beginning of the page',
      url: 'https://docs.pingidentity.com/pingone/applications/p1_grant_types.html',
      checked: '2026-11-21',
    },
    {
      title: 'Discovery OpenID Configuration',
      url: 'https://developer.pingidentity.com/pingone-api/auth/openid-connect-oauth-2/discovery-openid-configuration.md',
      checked: '2026-11-21',
    },
    {
      title: 'Protect an MCP server with PingOne (PingGateway)',
      url: 'https://docs.pingidentity.com/pinggateway/2026/mcp/tutorial-pingone.html',
      checked: '2026-11-21',
    },
    {
      title: 'Adding a custom resource',
      url: 'https://docs.pingidentity.com/pingone/applications/p1_adding_custom_resource.md',
      checked: '2026-11-21',
    },
    {
      title: 'Editing a resource',
      url: 'https://docs.pingidentity.com/pingone/applications/p1_editresource.html',
      checked: '2026-11-21',
    },
    {
      title: 'Creating a native app',
      url: 'https://docs.pingidentity.com/pingone/getting_started_with_pingone/p1_mfa_creating_native_app.html',
      checked: '2026-11-21',
    },
    {
      title: 'Using the PingOne Postman environment (regions)',
      url: 'https://developer.pingidentity.com/pingone-api/workflow-library/using-postman-workflow-collections/using-the-pingone-postman-environment.html',
      checked: '2026-11-21',
    },
    {
      title: 'Custom Domains',
      url: 'https://developer.pingidentity.com/pingone-api/platform/custom-domains.html',
      checked: '2026-11-21',
    },
    {
      title: 'Dynamic client registration endpoint (PingFederate)',
      url: 'https://docs.pingidentity.com/pingfederate/latest/developers_reference_guide/pf_dynamic_registra_endpoint.html',
      checked: '2026-11-21',
    },
    {
      title: 'OpenID Provider configuration endpoint (PingFederate)',
      url: 'https://docs.pingidentity.com/pingfederate/latest/developers_reference_guide/pf_openid_provider_config_endpoint.html',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    'PingFederate is another product: its issuer is its base URL (for example `https://sso.example.com`, no path), metadata names `/as/authorization.oauth2`, and DCR at `/as/clients.oauth2` is off by default and needs an external client store. Use the generic OIDC preset for it; only PingOne is described here.',
    'PingOne Advanced Identity Cloud and PingAM are further products with their own issuers and with DCR; they are not covered.',
    "That PingOne has no dynamic client registration follows from the missing `registration_endpoint` in its example metadata and from Ping's own MCP tutorial, which registers a native application by hand; no page says it.",
    'No support for Client ID Metadata Documents in PingOne was found; its absence is not stated.',
    'Whether the metadata has `code_challenge_methods_supported` was not seen; the end of the example document was not in the stored copy. RFC 8414 metadata was not seen either.',
    {
      modes: ['jwt', 'introspection'],
      text: 'Whether PingOne honours, ignores or refuses the `resource` parameter was not seen; reports say that it can provoke the refusal for multiple resources.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Whether `openid` together with the scopes of one custom resource is always allowed is reported differently; the refusal text and its causes come from public repositories, not from a vendor page.',
    },
    'The issuer of an environment with a custom domain is presumably `https://CUSTOM-DOMAIN/as`; the page describes it for endpoints only.',
    "The names **OIDC Web App** and the tabs of the web application come from a gateway vendor's guide; those of resources and native applications from Ping's pages.",
    'In which tab the client secret is shown was not seen on a vendor page.',
    {
      modes: ['proxy'],
      text: 'The labels of the grant types and of the authentication method in the console could not be checked; whether a request of OpenID Connect scopes alone brings a refresh token was not seen.',
    },
  ],
} satisfies Provider;
