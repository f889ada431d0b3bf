// better-auth with its OAuth provider, as somebody would run it for an MCP server: the program of
// better-auth.ts. OAUTH.md of a project with `--provider better-auth` has the same settings.
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { oauthProvider } from '@better-auth/oauth-provider';
import { betterAuth } from 'better-auth';
import { memoryAdapter } from 'better-auth/adapters/memory';
import { createAuthMiddleware } from 'better-auth/api';
import { getAuthTables } from 'better-auth/db';
import { toNodeHandler } from 'better-auth/node';
import { jwt } from 'better-auth/plugins';

/** What the test says: the port, the MCP endpoint, whether tokens are opaque, who is the proxy. */
const { PORT = '', RESOURCE = '', FORMAT = '', REDIRECT_URI = '' } = process.env;
const origin = `http://localhost:${PORT}`;
const opaque = FORMAT === 'opaque';

const tables = {};
const auth = betterAuth({
  baseURL: origin,
  secret: 'a secret that signs cookies and encrypts keys',
  database: memoryAdapter(tables),
  emailAndPassword: { enabled: true },
  telemetry: { enabled: false },
  hooks: {
    // Programs on people's computers that do not say what they are would be refused.
    before: createAuthMiddleware(async ({ path, body, ...context }) => {
      if (path !== '/oauth2/register' || body.application_type !== undefined) return;
      const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])[:/]/;
      if (!body.redirect_uris?.every((uri) => loopback.test(uri))) return;
      return { context: { ...context, path, body: { ...body, application_type: 'native' } } };
    }),
  },
  plugins: [
    ...(opaque ? [] : [jwt()]),
    oauthProvider({
      loginPage: '/sign-in',
      consentPage: '/consent',
      scopes: ['openid', 'profile', 'email', 'offline_access', 'mcp:use', 'mcp:admin'],
      resources: [RESOURCE],
      clientRegistrationDefaultResources: [RESOURCE],
      allowDynamicClientRegistration: true,
      allowUnauthenticatedClientRegistration: true,
      disableJwtPlugin: opaque,
    }),
  ],
});
for (const { modelName } of Object.values(getAuthTables(auth.options))) tables[modelName] = [];

const password = 'correct horse battery staple';
const { headers: signedIn } = await auth.api.signUpEmail({
  body: { name: 'Ada', email: 'ada@example.com', password },
  returnHeaders: true,
});
// As after a letter to that address.
for (const user of tables.user) user.emailVerified = true;
const client = await auth.api.adminCreateOAuthClient({
  headers: new Headers({ cookie: cookiesOf(signedIn) }),
  body: {
    client_name: 'The generated server',
    ...(REDIRECT_URI !== '' && { redirect_uris: [REDIRECT_URI] }),
    application_type: 'native',
    token_endpoint_auth_method: 'client_secret_basic',
    grant_types:
      REDIRECT_URI === '' ? ['client_credentials'] : ['authorization_code', 'refresh_token'],
    ...(REDIRECT_URI === '' && { response_types: [] }),
  },
});

/** Pages that hand on what the browser came with, signed, in the query. */
const forms = {
  '/sign-in': {
    fields: '<input name="email"><input name="password" type="password">',
    endpoint: '/api/auth/sign-in/email',
  },
  '/consent': { fields: '', endpoint: '/api/auth/oauth2/consent' },
};

const handle = toNodeHandler(auth);
createServer(async (request, response) => {
  const { pathname, search } = new URL(request.url ?? '/', origin);
  const form = forms[pathname];
  // Node's fetch calls itself a script, and better-auth answers those with JSON instead of a redirect.
  if (request.headers.accept === 'text/html') request.headers['sec-fetch-mode'] = 'navigate';
  if (form === undefined) {
    // As where a framework gives it this path and no other: metadata are at one place only. Opaque
    // tokens need another: without a JWKS, its OpenID metadata are none to clients.
    const given = opaque ? ['/api/auth/', '/.well-known/oauth-'] : ['/api/auth/'];
    if (given.some((path) => pathname.startsWith(path))) return handle(request, response);
    return response.writeHead(404).end();
  }
  if (request.method === 'GET') {
    const query = search.slice(1).replace(/[&"<]/g, (sign) => `&#${sign.charCodeAt(0)};`);
    const hidden = `<input type="hidden" name="oauth_query" value="${query}">`;
    response.setHeader('content-type', 'text/html');
    return response.end(`<form method="post">${hidden}${form.fields}<button>Go on</button></form>`);
  }
  const body = Object.fromEntries(new URLSearchParams(await text(request)));
  const answer = await auth.handler(
    new Request(new URL(form.endpoint, origin), {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, cookie: request.headers.cookie ?? '' },
      body: JSON.stringify(pathname === '/consent' ? { ...body, accept: true } : body),
    }),
  );
  const { url } = await answer.clone().json();
  if (url === undefined) return response.writeHead(answer.status).end(await answer.text());
  response.writeHead(302, { location: url, 'set-cookie': answer.headers.getSetCookie() }).end();
}).listen(Number(PORT), '127.0.0.1', () => console.log(JSON.stringify(client)));

/** What a browser sends back of what it was given. */
function cookiesOf(headers) {
  return headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}
