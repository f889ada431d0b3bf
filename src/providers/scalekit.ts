import type { Provider } from './types.js';

export const scalekit = {
  id: 'scalekit',
  aliases: [],
  title: 'Scalekit',
  summary: 'Scalekit MCP Auth with client registration, JWT access tokens',
  mode: 'jwt',
  modes: ['jwt'],
  modeReason:
    'Scalekit is an authorization server for MCP: clients register by DCR or CIMD and access tokens are self-contained JWTs. Its servers do not have to be asked for each request.',
  variables: [
    {
      name: 'environment',
      title: 'Scalekit environment host',
      example: 'acme.scalekit.com',
      pattern:
        '^(?!https?://)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$',
      where:
        'Scalekit dashboard, **Settings > API Credentials**, environment URL, without `https://` (development environments end in `.scalekit.dev`).',
    },
    {
      name: 'server',
      title: 'Scalekit resource ID',
      example: 'res_92015146095',
      pattern: '^res_[A-Za-z0-9_]+$',
      where: 'Scalekit dashboard, **MCP Servers**, your server: the `res_…` value below its name.',
    },
  ],
  issuer: 'https://{environment}/resources/{server}',
  hosts: '\\.scalekit\\.(?:com|dev|cloud)$',
  tokenIssuer: { from: '/resources/[^/]+$', to: '' },
  audience: {
    strategy: 'aud',
    value: '{server}',
    explanation:
      'Every access token names the resource ID of the MCP server in `aud`; when a **Server URL** is entered, that URL is there too. The resource ID belongs to one MCP server, does not change with the address, and has no slash to get wrong.',
  },
  tokenFormat:
    'JWT signed with RS256; the keys are at `https://{environment}/keys`. The `iss` of access tokens has been the environment URL (`https://{environment}`); since August 2026 Scalekit is moving it to the issuer of the metadata (`https://{environment}/resources/{server}`). A verifier has to accept both during the change.',
  scopes: {
    default: ['mcp:use'],
    claims: ['scope'],
    explanation:
      'Scopes are entered in the advanced settings of the MCP server. They are approved in advance for users who log in. `mcp:use` has to be created there. A refresh token is issued only when the client asks for `offline_access`; do not list that scope in the metadata of your server.',
  },
  registration: {
    cimd: 'setting',
    dcr: 'setting',
    manual:
      'Scalekit dashboard, **MCP Servers**, your server, **Clients**, **Create Client**: **Client name** and one or more **Redirect URI**. An empty Redirect URI makes a client-credentials client.',
  },
  authorizationParameters: {},
  steps: [
    'In the Scalekit dashboard, open **MCP Servers** and select **Add MCP server**.',
    'Enter a **name**. Users see it on the consent page.',
    'Switch on **dynamic client registration** and **Client ID Metadata Document (CIMD)**.',
    'Under **Advanced settings**, enter `{resource}` as **Server URL** and add the scope `mcp:use` under **Scopes**.',
    'Click **Save** and copy the **Resource ID** (`res_…`) below the name of the server.',
    'Open **Settings > API Credentials** and copy the environment URL.',
    'Set `OAUTH_ISSUER_URL` to `https://{environment}/resources/{server}` and `OAUTH_AUDIENCE` to `{server}`.',
    'For browser clients such as MCP Inspector, add their address (`http://localhost:6274/`) under **Authentication > Redirect URLs > Allowed Callback URLs**; this cures CORS errors.',
    'Restart the MCP server whenever you switch DCR or CIMD on or off.',
  ],
  errors: [
    {
      message: 'invalid_client_metadata_url',
      cure: 'The client sent a `client_id` that Scalekit did not issue (DCR clients look like `m2m_…`) or the address of a metadata document that cannot be read. Clear client ID and secret in the application and connect again; with `mcp-remote`, use the native HTTP transport of the client instead.',
    },
    {
      message: 'unable to retrieve client by id',
      cure: 'The client kept credentials of another environment. Delete its stored credentials (for GitHub Copilot CLI: `~/.copilot/mcp-oauth-config`) and connect again.',
    },
    {
      message: 'redirect_uri mismatch',
      cure: 'The client still uses an old address of the server. Delete its cached login (for `mcp-remote`: `~/.mcp-auth`; in VS Code: **Authentication: Remove Dynamic Authentication Provider**) and connect again.',
    },
    {
      message: 'invalid_client (at the revocation endpoint)',
      cure: 'Expected: DCR and CIMD clients are public and cannot revoke tokens. Revoke the consent in the dashboard, **Clients**, the client, **Consents**.',
    },
    {
      message: 'unexpected "iss" claim value',
      cure: 'The token has the other of the two issuers. Accept `https://{environment}` and `https://{environment}/resources/{server}`.',
    },
  ],
  pages: [
    {
      title: 'Add OAuth 2.1 authorization to MCP servers',
      url: 'https://github.com/scalekit-inc/developer-docs/blob/96ada4a758b059321d79075923f734e7fcc96624/src/content/docs/authenticate/mcp/quickstart.mdx',
      checked: '2026-11-21',
    },
    {
      title: 'Troubleshooting MCP auth',
      url: 'https://github.com/scalekit-inc/developer-docs/blob/96ada4a758b059321d79075923f734e7fcc96624/src/content/docs/authenticate/mcp/troubleshooting.mdx',
      checked: '2026-11-21',
    },
    {
      title: 'Managing MCP Clients',
      url: 'https://github.com/scalekit-inc/developer-docs/blob/96ada4a758b059321d79075923f734e7fcc96624/src/content/docs/authenticate/mcp/managing-mcp-clients.mdx',
      checked: '2026-11-21',
    },
    {
      title: 'xmcp quickstart',
      url: 'https://github.com/scalekit-inc/developer-docs/blob/96ada4a758b059321d79075923f734e7fcc96624/src/content/docs/authenticate/mcp/xmcp-quickstart.mdx',
      checked: '2026-11-21',
    },
    {
      title: 'MCP auth overview',
      url: 'https://github.com/scalekit-inc/developer-docs/blob/96ada4a758b059321d79075923f734e7fcc96624/src/content/docs/authenticate/mcp/overview.mdx',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    'The documentation (August 2026) says that access tokens always carry the environment URL as `iss`. The move to the resource-scoped issuer was announced by Scalekit engineers in PrefectHQ/fastmcp pull request 4798, mcp-use/mcp-use pull request 2272 and basementstudio/xmcp pull request 619; how far it has come was not seen.',
    'That the metadata names the resource-scoped URL as its `issuer` comes from the same pull requests.',
    'The documentation fetches the metadata at the appended address; FastMCP fetches it at the path-inserted one. That both answer was not seen on one vendor page.',
    'The key address `https://{environment}/keys` comes from the pull requests, not from a documentation page.',
    'Whether `aud` is always an array was not seen.',
    'The type of the `scope` claim (one string) follows a type in the xmcp guide; no example token was seen.',
    'What a client is granted that registers without `scope` was not seen.',
    'Whether a scope name may contain a colon at every place was not seen; the documentation uses `todo:read`.',
    'The wording of the last error is that of a common JWT library, not of Scalekit.',
  ],
} satisfies Provider;
