import type { Provider } from './types.js';

export const keycloak = {
  id: 'keycloak',
  aliases: [],
  title: 'Keycloak',
  summary: 'Keycloak realms; MCP clients register with Keycloak by DCR or experimental CIMD',
  mode: 'jwt',
  modes: ['jwt', 'introspection', 'proxy'],
  modeReason:
    'A realm registers MCP clients itself and issues JWTs, so this server only verifies tokens. `introspection` notices logouts and revocations at once. `proxy` is for realms whose client registration must stay closed.',
  variables: [
    {
      name: 'url',
      title: 'Base URL of Keycloak',
      example: 'https://keycloak.example.com',
      pattern: '^https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:/[A-Za-z0-9._~-]+)*$',
      where:
        'What browsers call Keycloak, without `/realms` and without a final slash. Old installations have `/auth` at its end.',
    },
    {
      name: 'realm',
      title: 'Realm',
      example: 'myrealm',
      pattern: '^[A-Za-z0-9._~-]+$',
      where:
        'Admin Console, **Realm name** under **Realm settings** > **General**. Do not use `master`, which is for administrators.',
    },
  ],
  issuer: '{url}/realms/{realm}',
  audience: {
    strategy: 'aud',
    value: '{resource}',
    explanation:
      'Keycloak ignores `resource` unless it was started with the experimental feature `resource-indicators`, and puts no URL into `aud` by itself. An **Audience** mapper in a client scope does: whoever requests the scope `mcp:use` gets `{resource}` in `aud`. Keep the scope optional: a default one would give this audience to every application of the realm. A token may have further audiences, for example `account`.',
  },
  tokenFormat:
    'JWT, RS256 unless the realm or the client chose another algorithm. Header `typ` is `JWT` and the claim `typ` is `Bearer`; refresh tokens have `Refresh`, ID tokens `ID`. The client is in `azp`. `iss` is built from the host name that was asked, so set the `hostname` of Keycloak, or containers and browsers see different issuers.',
  scopes: {
    default: ['mcp:use'],
    claims: ['scope'],
    explanation:
      '`scope` is a string with spaces. `mcp:use` is a client scope of the realm that you create; it carries the audience. A client that registers itself may only name scopes that the policy **Allowed Client Scopes** admits; naming `openid` there is refused. Requesting `openid` later works for every client.',
  },
  registration: {
    cimd: 'setting',
    dcr: 'setting',
    manual:
      'Admin Console > **Clients** > **Create client**: type **OpenID Connect**, a **Client ID**, **Client authentication** off, **Standard flow** on, **Valid redirect URIs** of the MCP client, **Web origins** for clients in a browser; then on the tab **Client scopes** add `mcp:use` as **Optional**. Client ID Metadata Documents need `--features=cimd` (experimental), a client profile with the executor `client-id-metadata-document` and a client policy with the condition `client-id-uri`, both under **Realm settings** > **Client Policies**. **Trusted domains** there decide which clients get in (`claude.ai`, `vscode.dev`); the document of ChatGPT is refused.',
  },
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email', 'offline_access'],
    identityClaims: ['name', 'email', 'preferred_username'],
    explanation:
      'The ID token says who logged in: `sub` identifies a person, `profile` and `email` bring names, `email` and `email_verified`. A refresh token comes with every login, but ends with the session at Keycloak. With the scope `offline_access` it is an offline token, which outlives that session and has to be used once in 30 days; people see it among their applications and can revoke it. It needs the role `offline_access`, which everybody has by default. Whoever has an account in the realm can log in.',
  },
  steps: [
    'A project with a `compose.yaml` brings a Keycloak to try things out with, whose realm, `keycloak/realm.json`, is prepared as the following steps say. They are for a Keycloak of your own.',
    {
      modes: ['jwt', 'introspection'],
      text: 'In the Admin Console, select the realm `{realm}`, open **Client scopes** and select **Create client scope**: **Name** `mcp:use`, **Type** **Optional**, **Protocol** **OpenID Connect**, **Include in token scope** on; select **Save**.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'On the tab **Mappers** of that scope, add an **Audience** mapper by configuration: **Included Custom Audience** `{resource}`, **Add to access token** on; select **Save**. It must equal the URL of the endpoint byte for byte.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Open **Clients** > **Client registration** > **Anonymous access policies** > **Allowed Client Scopes**, and add `mcp:use`. Let the default scopes be allowed too.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'In the same list open **Trusted Hosts**. Add the hosts of the redirect URIs of your MCP clients (`localhost`, `127.0.0.1`, `claude.ai` …). Turn off **Host Sending Client Registration Request Must Match** if clients register from addresses that you do not know; leave **Client URIs Must Match** on.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'For clients in a browser, such as the MCP Inspector, add their origin to the policy **Allowed Registration Web Origins**.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'Set `OAUTH_ISSUER_URL={url}/realms/{realm}` and `OAUTH_AUDIENCE={resource}`.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'To register a client by hand instead: **Clients** > **Create client**, **Client authentication** off, **Valid redirect URIs** of the MCP client, and `mcp:use` as **Optional** on its tab **Client scopes**. People enter its **Client ID** in their MCP client.',
    },
    {
      modes: ['proxy'],
      text: 'In the Admin Console, select the realm `{realm}` and open **Clients** > **Create client**: type **OpenID Connect**, a **Client ID**, **Next**.',
    },
    {
      modes: ['proxy'],
      text: 'Turn **Client authentication** on, leave **Standard flow** ticked and turn the other flows off, **Next**.',
    },
    {
      modes: ['proxy'],
      text: 'As **Valid redirect URIs** enter the `PUBLIC_URL` of this server followed by `/oauth/callback`, and `http://localhost:3000/oauth/callback` for development; **Save**.',
    },
    {
      modes: ['proxy'],
      text: 'Copy the **Client ID** into `OAUTH_CLIENT_ID`, and **Client secret** from the tab **Credentials** into `OAUTH_CLIENT_SECRET`.',
    },
    {
      modes: ['proxy'],
      text: 'On the tab **Client scopes** see that `profile` and `email` are there, and `offline_access` as **Optional**.',
    },
    {
      modes: ['proxy'],
      text: 'Set `OAUTH_ISSUER_URL={url}/realms/{realm}`.',
    },
  ],
  errors: [
    {
      modes: ['jwt', 'introspection'],
      message:
        "Policy 'Trusted Hosts' rejected request to client-registration service. Details: Host not trusted.",
      cure: "Anonymous registration is closed until hosts are trusted. Turn off **Host Sending Client Registration Request Must Match**, or add the host that registers, under **Clients** > **Client registration** > **Anonymous access policies** > **Trusted Hosts**. If the details are `URI doesn't match any trusted host or trusted domain`, add the host of the redirect URI there.",
    },
    {
      modes: ['jwt', 'introspection'],
      message:
        "Policy 'Allowed Client Scopes' rejected request to client-registration service. Details: Not permitted to use specified clientScope",
      cure: 'The client registered with a scope that the policy does not list (or with `openid`). Add `mcp:use` to **Allowed Client Scopes**; publish no other scopes.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'invalid_scope: Invalid scopes: mcp:use',
      cure: 'The client was registered before the client scope existed, or without it. Add `mcp:use` as **Optional** on the tab **Client scopes** of the client, or let the client register again.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'Unrecognized field "resource"',
      cure: 'The MCP client put `resource` into its registration, where it does not belong. Update the client, or register it by hand.',
    },
    {
      modes: ['jwt', 'introspection'],
      message: 'The access token has no aud, or only account',
      cure: 'The client did not request `mcp:use`, or the scope has no **Audience** mapper with `{resource}`. Check with **Clients** > the client > **Client scopes** > **Evaluate**.',
    },
    {
      modes: ['proxy'],
      message: 'Invalid parameter: redirect_uri',
      cure: 'Add the `PUBLIC_URL` of this server followed by `/oauth/callback` to **Valid redirect URIs** of the client, character for character.',
    },
    {
      modes: ['proxy'],
      message: 'not_allowed: Offline tokens not allowed for the user or client',
      cure: 'The person lacks the role `offline_access`, or the client may not have it. Give it, or take `offline_access` out of `OAUTH_UPSTREAM_SCOPES`: then a login ends with the session at Keycloak.',
    },
    {
      modes: ['proxy'],
      message: 'unauthorized_client: Invalid client or Invalid client credentials',
      cure: '`OAUTH_CLIENT_SECRET` is not the secret on the tab **Credentials**, or **Client authentication** is off.',
    },
  ],
  pages: [
    {
      title: 'Integrating with Model Context Protocol (MCP)',
      url: 'https://www.keycloak.org/securing-apps/mcp-authz-server',
      checked: '2026-11-21',
    },
    {
      title: 'Client registration service',
      url: 'https://www.keycloak.org/securing-apps/client-registration',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    {
      modes: ['jwt', 'introspection'],
      text: 'The names Anonymous access policies, Host Sending Client Registration Request Must Match and Client URIs Must Match, and the fields of the forms for clients, scopes and mappers besides Included Custom Audience, could not be checked, except in guides of others.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'The error texts of the two policies are known from reports of users (one of them has the name Allowed Clients Scopes); Invalid scopes could not be checked; Unrecognized field "resource" is one report of September 2026.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'The header and claim typ, azp and the audience account could not be checked.',
    },
    {
      modes: ['jwt', 'introspection'],
      text: 'From which version on the registration of MCP clients works well (26.6 is said) was not seen on a page of Keycloak.',
    },
    'At which paths a realm publishes the RFC 8414 document, inserted or appended, was not seen; the guide says that RFC 8414 is supported.',
    {
      modes: ['jwt', 'introspection'],
      text: 'Which client scopes a client has that registers with or without scope was not seen.',
    },
    {
      modes: ['proxy'],
      text: 'Offline tokens were read about in a copy of an old edition of the server administration guide; the labels of the forms and the three error texts could not be checked.',
    },
  ],
} satisfies Provider;
