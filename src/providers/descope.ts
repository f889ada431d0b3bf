import type { Provider } from './types.js';

export const descope = {
  id: 'descope',
  aliases: [],
  title: 'Descope',
  summary: 'Descope MCP Server resource with client registration, JWT access tokens',
  mode: 'jwt',
  modes: ['jwt'],
  modeReason:
    'Descope is a full authorization server for MCP: clients register themselves and access tokens are JWTs signed with the keys of the project. A proxy is not needed.',
  variables: [
    {
      name: 'project',
      title: 'Descope project ID',
      example: 'P32juVkF2iM8wAGoM8PiLkGi6POV',
      pattern: '^P[A-Za-z0-9]{8,}$',
      where:
        'The first identifier in the Discovery URL of the MCP server (Descope Console, **Agentic Identity Hub > MCP Servers**), and the project settings page.',
    },
    {
      name: 'server',
      title: 'Descope MCP server ID',
      example: 'MS35d1Xw1Yo6zozsW7n8BU6xLmnAs',
      pattern: '^[A-Z][A-Za-z0-9]{5,}$',
      where:
        'The last identifier in the Discovery URL of the MCP server, before `/.well-known/`. It cannot be changed after the MCP server is created.',
    },
    {
      name: 'host',
      title: 'Descope API host',
      example: 'api.descope.com',
      pattern:
        '^(?!https?://)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$',
      where:
        'The host name of the Discovery URL. It differs from the default for other regions and for projects with a custom domain.',
      default: 'api.descope.com',
    },
  ],
  issuer: 'https://{host}/v1/apps/agentic/{project}/{server}',
  hosts: '^api(?:\\.[a-z0-9]+)?\\.descope\\.com$',
  tokenIssuer: { from: '/agentic/([^/]+)/[^/]+$', to: '/$1' },
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation:
      'The MCP Server URL in the settings of the Descope MCP server is added to `aud` of access tokens. `aud` can have more members (the project ID, the client ID); one of them must be this URL. Tokens of a project without an MCP Server URL carry only the project ID, which does not bind them to one server.',
  },
  tokenFormat:
    'JWT signed with RS256. The keys are the same for all MCP servers of a project: `https://{host}/{project}/.well-known/jwks.json`. The `iss` of an access token may differ from the issuer of the metadata: Descope mints tokens with the issuer of the project, `https://{host}/v1/apps/{project}`, also for an MCP server. A verifier has to accept both, with the same keys and the same audience.',
  scopes: {
    default: ['mcp:use'],
    claims: ['scope'],
    explanation:
      'Scopes are defined on the MCP server in Descope, under **MCP Server Scopes**; `scopes_supported` of the metadata follows that list. `mcp:use` has to be created there. Policies and roles can take scopes away from a user or client.',
  },
  registration: {
    cimd: 'setting',
    dcr: 'yes',
    manual:
      'Descope Console, **Agentic Identity Hub > Clients**, **+ Client**: give it a name and the redirect URIs. This works also when DCR and CIMD are off for the MCP server.',
  },
  authorizationParameters: {},
  steps: [
    'In the Descope Console, open **Agentic Identity Hub > MCP Servers** and click **Create MCP Server**. Enter a name.',
    'Under **MCP Server Details**, add `{resource}` as **MCP Server URL**. Keep the path `/mcp` and write no slash at the end.',
    'Under **MCP Client Registration**, keep **Dynamic Client Registration (DCR)** on and switch **Client ID Metadata Documents (CIMD)** on.',
    'For CIMD, enter approved domains only if you want to limit clients: a client from any other domain is refused.',
    'Under **MCP Server Scopes**, add the scope `mcp:use` with a description. Link no connection to it.',
    'Save. Copy the Discovery URL (**Well-Known URL**) of the MCP server.',
    'Set `OAUTH_ISSUER_URL` to the Discovery URL without `/.well-known/openid-configuration`, and `OAUTH_AUDIENCE` to `{resource}`.',
  ],
  errors: [
    {
      message: 'issuer mismatch',
      cure: 'The token has the issuer of the project (`https://{host}/v1/apps/{project}`), and the server expected the issuer of the MCP server. Both are tokens of the project: accept both issuers.',
    },
    {
      message: 'Incompatible auth server: does not support dynamic client registration',
      cure: 'The client read metadata of the project or of an inbound app, which has no `registration_endpoint`, or DCR is off. Publish the issuer of the MCP server and switch DCR on under **MCP Client Registration**.',
    },
    {
      message: 'unexpected "aud" claim value',
      cure: 'The MCP Server URL in Descope is empty or differs from `{resource}`. Enter exactly this address under **MCP Server Details** and log in again.',
    },
    {
      message: 'The client registration fails (client from a domain that is not approved)',
      cure: 'Add the domain of the client metadata document to the approved domains of CIMD, for example `claude.ai`, or empty the list.',
    },
  ],
  pages: [
    {
      title: 'Discovery Endpoints',
      url: 'https://docs.descope.com/agentic-identity-hub/mcp-servers/discovery-url',
      checked: '2026-11-21',
    },
    {
      title: 'MCP Server Settings',
      url: 'https://docs.descope.com/agentic-identity-hub/core-components/mcp-servers/settings',
      checked: '2026-11-21',
    },
    {
      title: 'Client Registration Methods',
      url: 'https://docs.descope.com/agentic-identity-hub/mcp-servers/registration-methods',
      checked: '2026-11-21',
    },
    {
      title: 'Clients',
      url: 'https://docs.descope.com/agentic-identity-hub/core-components/clients',
      checked: '2026-11-21',
    },
    {
      title: 'Resources',
      url: 'https://docs.descope.com/identity-federation/resources',
      checked: '2026-11-21',
    },
    {
      title: 'MCP Server Management',
      url: 'https://docs.descope.com/agentic-identity-hub/mcp-servers/management',
      checked: '2026-11-21',
    },
    {
      title: 'Python MCP SDK',
      url: 'https://docs.descope.com/mcp/python-sdk',
      checked: '2026-11-21',
    },
    {
      title: 'Authorization Server Endpoints',
      url: 'https://docs.descope.com/identity-federation/inbound-apps/authorization-server',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    "That access tokens carry the issuer of the project and not that of the MCP server was reported and fixed by a Descope engineer in FastMCP (PrefectHQ/fastmcp issue 4908 and pull request 4909, August 2026); Descope's own pages say that the issuer in the metadata is the one to verify with.",
    'Tenant-scoped issuers (`…/v1/apps/P…/T…`) for cross-app access come from the same report.',
    "That `aud` also carries the project ID comes from that report and from a peer's documentation; no example of an access token was seen on a vendor page.",
    'The type of `scope` (one string, separated by spaces) was not seen on a vendor page.',
    'Whether RFC 8414 metadata is served at the path-inserted address was not seen. Appended OpenID configuration is documented; FastMCP also reads the appended `oauth-authorization-server`.',
    'The button name **Create MCP Server** and the field name **MCP Server URLs** come from an example by a Descope author; newer pages say that MCP servers are created under **Resources** and appear in the Agentic Identity Hub.',
    'What a client is granted that registers without `scope` was not seen.',
    'The `typ` header of access tokens was not seen.',
    "No list of Descope's error texts for these endpoints was found; the messages are those of verifiers and MCP clients.",
  ],
} satisfies Provider;
