import type { Provider } from './types.js';

export const cognito = {
  id: 'cognito',
  aliases: ['aws', 'amazon', 'aws-cognito', 'amazon-cognito'],
  title: 'Amazon Cognito',
  summary: 'Amazon Cognito user pools; MCP clients register with the generated server',
  mode: 'proxy',
  modes: ['proxy', 'jwt'],
  modeReason:
    'A user pool offers neither Dynamic Client Registration nor Client ID Metadata Documents, and its discovery document does not announce PKCE, so most MCP clients stop before the login: in the mode `proxy` this server registers them and logs people in with one app client of the pool. `jwt` works for clients that you register as app clients and that do not insist on announced PKCE; there is no introspection endpoint.',
  variables: [
    {
      name: 'region',
      title: 'AWS region of the user pool',
      example: 'us-east-1',
      pattern: '^[a-z]{2}(?:-[a-z]+)+-[0-9]+$',
      where:
        'Amazon Cognito console, the region selector at the top right; it is also the part of the user pool ID before the underscore.',
    },
    {
      name: 'pool',
      title: 'User pool ID',
      example: 'us-east-1_Ab12Cd34E',
      pattern: '^[a-z]{2}(?:-[a-z]+)+-[0-9]+_[0-9A-Za-z]+$',
      where:
        'Amazon Cognito console > User pools > your pool, **User pool ID** on the **Overview** page.',
    },
    {
      name: 'client',
      title: 'App client ID',
      example: '1example23456789abcdefghij',
      pattern: '^[0-9A-Za-z_+]{1,128}$',
      where:
        'The pool in the Amazon Cognito console > **Applications** > **App clients** > your app client, **Client ID**.',
    },
  ],
  issuer: 'https://cognito-idp.{region}.amazonaws.com/{pool}',
  audience: {
    strategy: 'client',
    value: '{client}',
    explanation:
      'Access tokens carry no `aud` unless the client asked for one with the `resource` parameter (resource binding, managed login only). They always carry `client_id`, the app client that signed the person in, and `token_use: "access"`. So OAUTH_AUDIENCE is the app client ID, and both claims are checked. ID tokens hold the same ID in `aud` and have `token_use: "id"`: that is what keeps them out. If every client of yours sends `resource={resource}`, `aud` is exactly that URL and can be checked instead.',
  },
  tokenFormat:
    'JWT, RS256. The header has only `kid` and `alg`, no `typ`; access and ID tokens are signed with different keys of the same JWKS. Lifetime 5 minutes to 1 day, set per app client.',
  scopes: {
    default: ['openid'],
    claims: ['scope'],
    explanation:
      '`scope` is a string with spaces. A client gets only scopes that are ticked for its app client; others are dropped or, for custom scopes, make the request fail. Without a `scope` parameter Cognito grants all scopes of the app client. `email`, `phone` and `profile` need `openid` beside them. Custom scopes belong to a resource server of the pool and are written `IDENTIFIER/NAME`, for example `{resource}/read` when the identifier is the URL of the endpoint.',
  },
  registration: {
    cimd: 'no',
    dcr: 'no',
    manual:
      'The pool in the Amazon Cognito console > **Applications** > **App clients** > **Create app client**. Then on the app client: **Login pages** > **Edit**, with the **Allowed callback URLs**, **OAuth grant types** (Authorization code grant), **OpenID Connect scopes** and **Custom scopes**; **Save changes**.',
  },
  silentAboutPkce: true,
  authorizationParameters: {},
  upstream: {
    verify: 'id_token',
    scopes: ['openid', 'profile', 'email'],
    identityClaims: ['name', 'email', 'cognito:username', 'cognito:groups'],
    explanation:
      'The ID token says who logged in: `sub` identifies a person, `email` and `email_verified` come with the scope `email`, and `cognito:groups` are the groups of the pool. The authorization code grant brings a refresh token without being asked; Cognito does not know the scope `offline_access`. A refresh token lasts 30 days unless the app client says otherwise, and may be rotated. Whoever is in the pool, or can sign up there, can log in.',
  },
  steps: [
    'Open the [Amazon Cognito console](https://console.aws.amazon.com/cognito/home) in region `{region}`, choose **User pools** and the pool `{pool}`.',
    'Under **Branding** > **Domain**, give the pool a Cognito domain prefix or a custom domain. Without a domain the pool has no authorization and token endpoint.',
    {
      modes: ['proxy'],
      text: 'Under **Applications** > **App clients**, choose **Create app client**, then **Traditional web application**. That makes a client with a secret.',
    },
    {
      modes: ['proxy'],
      text: 'As the return URL, enter the `PUBLIC_URL` of this server followed by `/oauth/callback`, and add `http://localhost:3000/oauth/callback` to the **Allowed callback URLs** for development. Cognito wants https here, except for `http://localhost`, and compares the address character by character.',
    },
    {
      modes: ['jwt'],
      text: 'Under **Applications** > **App clients**, create one app client without a secret (**Single-page application** or **Mobile app**) for each MCP client, with the callback URLs of that client.',
    },
    {
      modes: ['jwt'],
      text: 'On every app client, open **Login pages** > **Edit**: tick **Authorization code grant** and the **OpenID Connect scopes** of `OAUTH_SCOPES` (at least **OpenID**), then **Save changes**.',
    },
    {
      modes: ['proxy'],
      text: 'On the app client, open **Login pages** > **Edit**: tick **Authorization code grant** and the **OpenID Connect scopes** **OpenID**, **Profile** and **Email**, then **Save changes**. Under its attribute permissions it has to be allowed to read `email` and `email_verified`.',
    },
    {
      modes: ['jwt'],
      text: 'Optional, for scopes of your own: **Branding** > **Domain** > **Resource servers** > **Create a resource server**, with `{resource}` as **Resource server identifier**; add **Custom scopes**, choose **Create**, and tick them on every app client under **Login pages** > **Edit** > **Custom scopes**.',
    },
    {
      modes: ['proxy'],
      text: 'Copy **Client ID** and **Client secret** of the app client into `OAUTH_CLIENT_ID` and `OAUTH_CLIENT_SECRET`.',
    },
    {
      modes: ['proxy'],
      text: 'Optional, for tools that call an API of yours in the name of the person: **Branding** > **Domain** > **Resource servers** > **Create a resource server**, add **Custom scopes**, tick them on the app client under **Login pages** > **Edit** > **Custom scopes**, and add their full names (`IDENTIFIER/NAME`) to `OAUTH_UPSTREAM_SCOPES`.',
    },
    {
      modes: ['jwt'],
      text: 'List the client IDs of all app clients in `OAUTH_AUDIENCE`, and give each person the client ID to enter in the MCP client.',
    },
  ],
  errors: [
    {
      message: 'redirect_mismatch',
      cure: 'The redirect URI of the request is not among the **Allowed callback URLs** of the app client. Add it byte for byte: scheme, port, path and trailing slash count.',
    },
    {
      message: 'unauthorized_client (error_description: invalid_redirect)',
      cure: 'The token request names another redirect URI than the authorization request, often only a trailing slash. Without the description: the code grant is not ticked for this app client.',
    },
    {
      message: 'invalid_grant',
      cure: 'The code was used before, is older than five minutes, or the refresh token was revoked. It also comes when the app client may not read an attribute that a scope covers (`email` needs read access to `email` and `email_verified`), and is reported when a client asks for no scope at all.',
    },
    {
      message: 'invalid_client',
      cure: 'The client secret is missing or wrong, or a client without a secret sent one. A secret cannot be taken off an app client: create another one.',
    },
    {
      message: 'invalid_scope',
      cure: 'A custom scope is requested that is not ticked for the app client under **Login pages**. Requests must use the full name, identifier and slash included.',
    },
    {
      modes: ['jwt'],
      message: 'Incompatible auth server: does not support dynamic client registration',
      cure: 'The MCP client talks to Cognito directly and tries to register. Make the server with `--auth-mode proxy`, or enter the client ID of an app client in the MCP client.',
    },
  ],
  pages: [
    {
      title: 'Scopes, M2M, and resource servers (with resource binding)',
      url: 'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-define-resource-servers.html',
      checked: '2026-11-21',
    },
    {
      title: 'The redirect and authorization endpoint',
      url: 'https://docs.aws.amazon.com/cognito/latest/developerguide/authorization-endpoint.html',
      checked: '2026-11-21',
    },
    {
      title: 'The token issuer endpoint',
      url: 'https://docs.aws.amazon.com/cognito/latest/developerguide/token-endpoint.html',
      checked: '2026-11-21',
    },
    {
      title: 'Understanding the identity (ID) token, beginning of the page',
      url: 'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-id-token.html',
      checked: '2026-11-21',
    },
    {
      title: 'Refresh tokens, beginning of the page',
      url: 'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html',
      checked: '2026-11-21',
    },
    {
      title: 'Understanding the access token',
      url: 'https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-access-token.html',
      checked: '2026-11-21',
    },
  ],
  unverified: [
    'That discovery has no registration_endpoint, no code_challenge_methods_supported and no RFC 8414 document was read on third-party pages only, not on a page of AWS and not on a live pool.',
    'The application types Traditional web application, Single-page application and Mobile app, and the place of the return URL in the Create app client form, are known from third-party guides.',
    'The places of User pool ID, Client ID and the region selector in the console were not seen on a page of AWS.',
    'The texts redirect_mismatch and invalid_scope are known from reports of users; AWS says that its descriptions are not fixed strings.',
    {
      modes: ['jwt'],
      text: 'That invalid_grant follows a request without any scope is a report of one user (anthropics/claude-code#90190).',
    },
    {
      modes: ['proxy'],
      text: 'That Cognito refuses offline_access, the place of the attribute permissions, and the claims cognito:username and cognito:groups in ID tokens could not be checked.',
    },
    'Pools in the China regions have issuers under amazonaws.com.cn; this preset does not cover them.',
    'The length limits in the pattern of the app client ID could not be checked against the API reference.',
  ],
} satisfies Provider;
