import type { Provider } from './types.js';

export const propelauth = {
  id: 'propelauth',
  aliases: ['propel-auth'],
  title: 'PropelAuth',
  summary: 'PropelAuth MCP Authentication: tokens are checked by introspection',
  mode: 'introspection',
  modes: ['introspection'],
  modeReason:
    'PropelAuth documents introspection as the way to check the tokens that it gives to MCP clients. A proxy is not needed: with Dynamic Client Registration switched on, MCP clients register at PropelAuth themselves.',
  variables: [
    {
      name: 'domain',
      title: 'PropelAuth auth domain',
      example: 'auth.example.com',
      pattern:
        '^(?!https?://)[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)+$',
      where:
        'PropelAuth dashboard, **Backend Integration**, **Auth URL**, without `https://`. Each environment (Test, Staging, Prod) has its own.',
    },
  ],
  issuer: 'https://{domain}/oauth/2.1',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation:
      'MCP clients send the address of the MCP server as `resource`; PropelAuth requires that parameter. The introspection response names it in `aud`. The check is needed because one PropelAuth project can serve several MCP servers.',
  },
  tokenFormat:
    'Treat access tokens as opaque. The server posts each one to `https://{domain}/oauth/2.1/introspect` with the introspection client ID and secret (HTTP Basic) and reads `active`, `exp`, `aud`, `scope`, `client_id` and `sub` from the answer.',
  scopes: {
    default: ['mcp:use'],
    claims: ['scope'],
    explanation:
      'PropelAuth accepts only scopes that are defined under **MCP > Scopes** in the dashboard. `mcp:use` has to be created there. The introspection response lists granted scopes in `scope`, separated by spaces.',
  },
  registration: {
    cimd: 'no',
    dcr: 'setting',
    manual:
      'Dashboard, **MCP**, **OAuth Clients**: create a client with the redirect URI of the MCP client. Its redirect URI must also be allowed under **MCP > Allowed MCP Clients**.',
  },
  authorizationParameters: {},
  steps: [
    'In the PropelAuth dashboard, open **MCP** and click **Enable MCP**. Switch it on for the environment that you use (Test, Staging or Prod).',
    'Open **MCP > Allowed MCP Clients**. Add each MCP client that may connect: use a template (Claude, ChatGPT, Cursor) or enter its redirect URI. Add the loopback redirects of command-line clients too.',
    'Open **MCP > Scopes** and add the scope `mcp:use`.',
    'Open **MCP > Settings > How Do Users Create OAuth Clients?** and select **Dynamic Client Registration**.',
    'Open **MCP > Request Validation** and click **Create Credentials**. Write the client ID and the client secret into `.env` as `OAUTH_CLIENT_ID` and `OAUTH_CLIENT_SECRET`.',
    'Open **Backend Integration** and copy the **Auth URL**. `OAUTH_ISSUER_URL` is this address followed by `/oauth/2.1`.',
    'Set `OAUTH_AUDIENCE` to `{resource}`.',
    'Request `https://{domain}/.well-known/oauth-authorization-server/oauth/2.1`. It must answer 200 and contain `registration_endpoint`.',
  ],
  errors: [
    {
      message: '404 at https://{domain}/.well-known/oauth-authorization-server/oauth/2.1',
      cure: 'MCP Authentication is off in this environment. The ordinary PropelAuth login does not switch it on: open **MCP** and click **Enable MCP** for this environment.',
    },
    {
      message: 'Incompatible auth server: does not support dynamic client registration',
      cure: 'The metadata has no `registration_endpoint`. Select **Dynamic Client Registration** under **MCP > Settings > How Do Users Create OAuth Clients?**, or create the client by hand.',
    },
    {
      message: '{"active":false}',
      cure: 'The token has expired, was revoked, or is a token of another PropelAuth environment. Log in again. Check that `OAUTH_ISSUER_URL` and the introspection credentials belong to the same environment.',
    },
  ],
  pages: [
    {
      title: 'Model Context Protocol (MCP) Authentication',
      url: 'https://docs.propelauth.com/mcp-authentication/overview',
      checked: '2026-11-21',
    },
    {
      title: 'MCP Authentication API Reference',
      url: 'https://docs.propelauth.com/reference/api/mcp',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    'Only the beginnings of the two vendor pages could be read.',
    'The issuer form with `/oauth/2.1` and metadata at the path-inserted well-known address come from the FastMCP provider and from open-source servers on PropelAuth. One scanned tenant was recorded with its bare host as the issuer.',
    'Whether PropelAuth also serves the metadata at an appended address or as OpenID configuration was not seen.',
    'The names **MCP > Settings > How Do Users Create OAuth Clients?**, **Request Validation > Create Credentials** and **Backend Integration** come from the FastMCP guide for PropelAuth, not from a vendor page.',
    'The members of the introspection response (`active`, `sub`, `exp`, `iat`, `aud`, `scope`, `client_id`) come from open-source clients; the vendor page names the endpoint but its response was not seen.',
    'Whether `aud` is a string or an array was not seen; FastMCP compares it as one string.',
    'Whether access tokens are JWTs was not seen.',
    'Whether scope names may contain a colon in every position was not seen; the vendor uses `read:user_data` and `tools:execute`.',
    'Whether the redirect URIs of Allowed MCP Clients also limit dynamically registered clients, and whether any loopback port is accepted, was not seen.',
    'No support for Client ID Metadata Documents was found; its absence is not stated by the vendor.',
    'The error texts are those of MCP clients and of RFC 7662; no list of PropelAuth messages was found.',
  ],
} satisfies Provider;
