/** Broken servers and providers: one fault each, and the identifier that it must be told by. */
import type { Faults } from '../support/mcp-server.js';
import type { Simulation } from '../support/simulation-data.js';

export interface Case {
  name: string;
  /** What must come first, and be the only problem. */
  first: string;
  /** How the server differs; its issuer is the provider's unless it says otherwise. */
  server?: Faults | ((issuer: string) => Faults);
  /** How the provider differs. */
  provider?: Partial<Simulation>;
  /** The preset whose simulation plays the provider; default: oidc. */
  preset?: string;
  /** Open: there is no login. */
  open?: true;
  register?: true;
}

/** The endpoint answers a request without a token like this. */
const endpoint = (status: number, headers: Record<string, string> = {}, body = ''): Faults => ({
  answer: ({ path, method, token }) =>
    path === '/mcp' && method === 'POST' && token === undefined
      ? { status, headers, body }
      : undefined,
});
const challenge = (write: NonNullable<Faults['challenge']>): Faults => ({ challenge: write });
const document = (changes: Record<string, unknown>): Faults => ({
  metadata: (usual) => ({ ...usual, ...changes }),
});
/** The metadata with a resource made from the usual one. */
const resource = (change: (usual: string) => unknown): Faults => ({
  metadata: (usual) => ({ ...usual, resource: change(String(usual.resource)) }),
});
/** A well-known document is answered like this. */
const wellKnown = (
  status: number,
  headers: Record<string, string> = {},
  body: object | string = '',
  paths = /oauth-protected-resource/,
): Faults => ({
  answer: ({ path }) => (paths.test(path) ? { status, headers, body } : undefined),
});
/** The metadata is served with these headers. */
const serving = (issuer: string, headers: Record<string, string>): Faults => ({
  answer: ({ path }, { origin }) => {
    const scopes_supported = ['mcp:use'];
    const body = { resource: `${origin}/mcp`, authorization_servers: [issuer], scopes_supported };
    return path.includes('oauth-protected-resource') ? { status: 200, headers, body } : undefined;
  },
});
const open = { 'access-control-allow-origin': '*' };
const page = { 'content-type': 'text/html' };
const html = '<!doctype html><title>Welcome</title>';

/** Metadata of the usual provider, changed. */
const metadata = (changes: Record<string, unknown>): Partial<Simulation> => ({
  document: (facts) => {
    const { base } = facts;
    const document = {
      authorization_endpoint: `${base}/auth`,
      token_endpoint: `${base}/token`,
      registration_endpoint: `${base}/reg`,
      jwks_uri: `${base}/jwks`,
      code_challenge_methods_supported: ['S256'],
      ...changes,
    };
    return Object.fromEntries(Object.entries(document).filter(([, value]) => value !== undefined));
  },
});

const servers: Case[] = [
  { name: 'wrong path', first: 'endpoint-not-found', server: endpoint(404) },
  { name: 'POST not allowed', first: 'endpoint-method', server: endpoint(405, { allow: 'GET' }) },
  {
    name: 'redirect to the other slash',
    first: 'endpoint-redirect',
    server: endpoint(307, { location: '/mcp/' }),
  },
  {
    name: 'redirect to https',
    first: 'endpoint-redirect',
    server: endpoint(301, { location: 'https://mcp.example.com/mcp' }),
  },
  { name: 'website', first: 'endpoint-web-page', server: endpoint(200, page, html) },
  { name: 'crash without a token', first: 'endpoint-failing', server: endpoint(500, {}, 'oops') },
  {
    name: 'host that is not allowed',
    first: 'endpoint-forbidden',
    server: endpoint(403, {}, 'Invalid Host header'),
  },
  { name: '400 without a token', first: 'endpoint-status', server: endpoint(400, {}, 'no token') },
  {
    name: '401 without a challenge',
    first: 'challenge-missing',
    server: challenge(() => undefined),
  },
  {
    name: 'Basic authentication in front',
    first: 'challenge-scheme',
    server: challenge(() => 'Basic realm="staging"'),
  },
  {
    name: 'no comma between parameters',
    first: 'challenge-syntax',
    server: challenge((usual) => usual.replace(', ', ' ')),
  },
  {
    name: 'quote without its end',
    first: 'challenge-syntax',
    server: challenge((usual) => usual.slice(0, -1)),
  },
  {
    name: 'quotes inside quotes',
    first: 'challenge-syntax',
    server: challenge((usual) => `${usual}, realm="the "best" server"`),
  },
  {
    name: 'single quotes',
    first: 'challenge-unquoted',
    server: challenge((usual) => usual.replaceAll('"', "'")),
  },
  {
    name: 'address without quotes',
    first: 'challenge-unquoted',
    server: challenge((usual) => usual.replace(/resource_metadata="(.*)"/, 'resource_metadata=$1')),
  },
  {
    name: 'relative address of the metadata',
    first: 'challenge-metadata-url',
    server: challenge(() => 'Bearer resource_metadata="/.well-known/oauth-protected-resource/mcp"'),
  },
  {
    name: 'no address of the metadata',
    first: 'challenge-no-metadata',
    server: challenge(() => 'Bearer scope="mcp:use"'),
  },
  {
    name: 'error without a token',
    first: 'challenge-error',
    server: challenge((usual) => `${usual}, error="invalid_token"`),
  },
  {
    name: 'scopes with commas',
    first: 'challenge-scope-syntax',
    server: challenge((usual) => usual.replace('mcp:use', 'mcp:use,mcp:admin')),
  },
  {
    name: 'offline_access in the challenge',
    first: 'challenge-offline-access',
    server: challenge((usual) => usual.replace('mcp:use', 'mcp:use offline_access')),
  },
  { name: 'no metadata', first: 'metadata-missing', server: wellKnown(404) },
  { name: 'metadata behind the login', first: 'metadata-login', server: wellKnown(401) },
  { name: 'catch-all page', first: 'metadata-not-json', server: wellKnown(200, page, html) },
  { name: 'metadata fails', first: 'metadata-failing', server: wellKnown(500) },
  {
    name: 'challenge names what is not there',
    first: 'metadata-challenge-address',
    server: challenge((usual) => usual.replace('/mcp"', '/old"')),
  },
  {
    name: 'challenge names another host',
    first: 'metadata-foreign-address',
    server: challenge((usual) => usual.replace('localhost', '127.0.0.1')),
  },
  {
    name: 'metadata at the root only',
    first: 'metadata-not-inserted',
    server: {
      ...challenge((usual) => usual.replace('resource/mcp', 'resource')),
      ...wellKnown(404, {}, '', /resource\/mcp$/),
    },
  },
  {
    name: 'metadata redirects',
    first: 'metadata-redirect',
    server: wellKnown(
      302,
      { location: '/.well-known/oauth-protected-resource', 'access-control-allow-origin': '*' },
      '',
      /resource\/mcp$/,
    ),
  },
  {
    name: 'metadata as plain text',
    first: 'metadata-type',
    server: (issuer) => serving(issuer, { ...open, 'content-type': 'text/plain' }),
  },
  {
    name: 'metadata that browsers hide',
    first: 'cors-metadata',
    server: (issuer) => serving(issuer, {}),
  },
  {
    name: 'metadata differs',
    first: 'metadata-differs',
    server: (issuer) =>
      wellKnown(
        200,
        {},
        { resource: 'http://localhost/mcp', authorization_servers: [issuer] },
        /resource$/,
      ),
  },
  { name: 'no resource', first: 'resource-missing', server: document({ resource: undefined }) },
  { name: 'slash at the end', first: 'resource-slash', server: resource((usual) => `${usual}/`) },
  {
    name: 'another name of the machine',
    first: 'resource-host',
    server: resource((usual) => usual.replace('localhost', '127.0.0.1')),
  },
  {
    name: 'another public address than the one that is used, everywhere',
    first: 'resource-host',
    server: {
      ...challenge((usual) => usual.replace('http://localhost', 'http://127.0.0.1')),
      ...resource((usual) => usual.replace('localhost', '127.0.0.1')),
    },
  },
  {
    name: 'another public address where there is nothing yet',
    first: 'resource-port',
    server: {
      ...challenge((usual) => usual.replace(/localhost:\d+/, 'localhost:1')),
      ...resource((usual) => usual.replace(/:\d+/, ':1')),
    },
  },
  {
    name: 'scheme behind a proxy',
    first: 'resource-scheme',
    server: resource((usual) => usual.replace('http:', 'https:')),
  },
  {
    name: 'port behind a proxy',
    first: 'resource-port',
    server: resource((usual) => usual.replace(/:\d+/, ':1')),
  },
  {
    name: 'origin instead of the endpoint',
    first: 'resource-parent',
    server: resource((usual) => new URL(usual).origin),
  },
  {
    name: 'beginning of a name in the path',
    first: 'resource-path',
    server: resource((usual) => usual.replace('/mcp', '/mc')),
  },
  {
    name: 'child of the endpoint',
    first: 'resource-path',
    server: resource((usual) => `${usual}/v1`),
  },
  {
    name: 'parent with a query',
    first: 'resource-path',
    server: resource((usual) => `${new URL(usual).origin}/?tenant=1`),
  },
  {
    name: 'prefix that a proxy adds',
    first: 'resource-path',
    server: resource((usual) => usual.replace('/mcp', '/api/mcp')),
  },
  { name: 'query', first: 'resource-query', server: resource((usual) => `${usual}?v=1`) },
  {
    name: 'capitals',
    first: 'resource-spelling',
    server: resource((usual) => usual.replace('localhost', 'LocalHost')),
  },
  { name: 'a name for a resource', first: 'resource-invalid', server: resource(() => 'my-server') },
  {
    name: 'no scopes anywhere',
    first: 'scopes-missing',
    server: {
      ...document({ scopes_supported: undefined }),
      challenge: (usual) => usual.replace('scope="mcp:use", ', ''),
    },
  },
  {
    name: 'scopes in one string',
    first: 'scopes-malformed',
    server: document({ scopes_supported: 'mcp:use openid' }),
  },
  {
    name: 'two scopes in one string',
    first: 'scopes-malformed',
    server: document({ scopes_supported: ['mcp:use openid'] }),
  },
  {
    name: 'offline_access in the metadata',
    first: 'scopes-offline-access',
    server: document({ scopes_supported: ['mcp:use', 'offline_access'] }),
  },
  {
    name: 'no authorization server',
    first: 'issuer-missing',
    server: document({ authorization_servers: [] }),
  },
  {
    name: 'authorization server without a scheme',
    first: 'issuer-invalid',
    server: document({ authorization_servers: ['login.example.com'] }),
  },
  {
    name: 'authorization server that is not in an array',
    first: 'issuer-invalid',
    server: document({ authorization_servers: 'https://login.example.com' }),
  },
  {
    name: 'discovery document instead of the issuer',
    first: 'issuer-document',
    server: document({
      authorization_servers: ['https://login.example.com/.well-known/openid-configuration'],
    }),
  },
  {
    name: 'authorization server over http',
    first: 'issuer-not-https',
    server: document({ authorization_servers: ['http://login.example.com'] }),
  },
  {
    name: 'preflight needs a token',
    first: 'cors-preflight',
    server: {
      answer: ({ method }) =>
        method === 'OPTIONS'
          ? { status: 401, headers: { 'access-control-allow-origin': '*' } }
          : undefined,
    },
  },
  {
    name: 'preflight forgets the new headers',
    first: 'cors-headers',
    server: {
      answer: ({ method }) =>
        method === 'OPTIONS'
          ? {
              status: 204,
              headers: {
                'access-control-allow-origin': '*',
                'access-control-allow-headers': 'authorization, content-type',
              },
            }
          : undefined,
    },
  },
  {
    name: 'wildcard for headers does not cover Authorization',
    first: 'cors-headers',
    server: {
      answer: ({ method }) =>
        method === 'OPTIONS'
          ? {
              status: 204,
              headers: { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' },
            }
          : undefined,
    },
  },
  {
    name: 'challenge that browsers hide',
    first: 'cors-expose',
    server: {
      answer: ({ method, path, token, headers }, { origin }) =>
        method === 'POST' && path === '/mcp' && token === undefined && headers.origin
          ? {
              status: 401,
              headers: {
                'access-control-allow-origin': '*',
                'www-authenticate': `Bearer scope="mcp:use", resource_metadata="${origin}/.well-known/oauth-protected-resource/mcp"`,
              },
            }
          : undefined,
    },
  },
  {
    name: 'host header in the metadata',
    first: 'metadata-from-host',
    server: {
      answer: ({ path, headers }) =>
        path.includes('oauth-protected-resource') && headers['x-forwarded-host']
          ? { status: 200, body: { resource: `https://${headers['x-forwarded-host']}/mcp` } }
          : undefined,
    },
  },
  {
    name: 'open to every website',
    open: true,
    first: 'origin-accepted',
    server: {
      answer: ({ path, method, headers }) =>
        path === '/mcp' && method === 'POST' && headers.origin?.includes('.invalid')
          ? { status: 200, body: { jsonrpc: '2.0', id: 1, result: {} } }
          : undefined,
    },
  },
  {
    name: 'open to every host name',
    open: true,
    first: 'host-accepted',
    server: {
      answer: ({ path, method, headers }) =>
        path === '/mcp' && method === 'POST' && headers.host?.includes('.invalid')
          ? { status: 200, body: { jsonrpc: '2.0', id: 1, result: {} } }
          : undefined,
    },
  },
  {
    name: 'JSON-RPC that is not MCP',
    open: true,
    first: 'eras-none',
    server: {
      answer: ({ path, method, headers }) =>
        path === '/mcp' && method === 'POST' && !headers.origin && headers.host !== 'doctor.invalid'
          ? { status: 200, body: { jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'no' } } }
          : undefined,
    },
  },
];

const late: Case[] = [
  {
    name: 'login when tools are listed',
    first: 'endpoint-late',
    server: { open: ['initialize', 'notifications/initialized', 'server/discover'] },
  },
  {
    name: 'login when a tool is called',
    first: 'endpoint-late',
    server: { open: ['initialize', 'notifications/initialized', 'server/discover', 'tools/list'] },
  },
  {
    name: 'login for clients of 2026-07-28 only',
    first: 'endpoint-late',
    server: { open: ['initialize', 'notifications/initialized', 'tools/list', 'tools/call'] },
  },
  {
    name: 'login at the second half of the handshake',
    first: 'endpoint-late',
    server: { open: ['initialize', 'server/discover', 'tools/list', 'tools/call'] },
  },
];

const providers: Case[] = [
  {
    name: 'issuer without its slash',
    preset: 'auth0',
    first: 'issuer-slash',
    server: (issuer) => document({ authorization_servers: [issuer.replace(/\/$/, '')] }),
  },
  {
    name: 'issuer with a slash too many',
    first: 'issuer-slash',
    server: (issuer) => document({ authorization_servers: [`${issuer}/`] }),
  },
  {
    name: 'issuer without its path',
    preset: 'keycloak',
    first: 'discovery-missing',
    server: (issuer) => document({ authorization_servers: [new URL(issuer).origin] }),
  },
  {
    name: 'issuer with two slashes',
    preset: 'keycloak',
    first: 'discovery-missing',
    server: (issuer) =>
      document({ authorization_servers: [issuer.replace('/realms', '//realms')] }),
  },
  {
    name: 'internal host name as issuer',
    preset: 'keycloak',
    first: 'issuer-differs',
    provider: { names: () => 'http://keycloak:8080/realms/myrealm' },
  },
  {
    name: 'several tenants',
    preset: 'entra',
    first: 'issuer-template',
    provider: { names: ({ origin }) => `${origin}/{tenantid}/v2.0` },
  },
  {
    name: 'metadata without an issuer',
    first: 'issuer-absent',
    provider: { names: () => '' },
  },
  {
    name: 'metadata behind an access proxy',
    first: 'discovery-login',
    provider: { unready: { status: 403, body: {} } },
  },
  {
    name: 'login page as issuer',
    first: 'discovery-not-json',
    provider: { unready: { status: 200, body: html } },
  },
  {
    name: 'outage',
    first: 'discovery-failing',
    provider: { unready: { status: 503, body: {} } },
  },
  {
    name: 'old document beside the new one',
    preset: 'auth0',
    first: 'discovery-differs',
    provider: {
      openidDocument: ({ base }) => ({
        authorization_endpoint: `${base}/v1/authorize`,
        token_endpoint: `${base}/v1/token`,
      }),
    },
  },
  {
    name: 'keys behind a password',
    first: 'network-address',
    provider: metadata({ jwks_uri: 'https://user:word@login.example.com/jwks' }),
  },
  {
    name: 'PKCE not announced',
    first: 'pkce-missing',
    provider: metadata({ code_challenge_methods_supported: undefined }),
  },
  {
    name: 'only plain PKCE',
    first: 'pkce-plain',
    provider: metadata({ code_challenge_methods_supported: ['plain'] }),
  },
  {
    name: 'no token endpoint',
    first: 'endpoint-absent',
    provider: metadata({ token_endpoint: undefined }),
  },
  {
    name: 'endpoint over http',
    first: 'endpoint-invalid',
    provider: metadata({ authorization_endpoint: 'http://login.example.com/auth' }),
  },
  {
    name: 'token endpoint that is not there',
    first: 'token-endpoint-missing',
    provider: {
      document: (facts) => ({
        ...metadata({}).document?.(facts),
        token_endpoint: `${new URL(facts.endpoint).origin}/token`,
      }),
    },
  },
  {
    name: 'machines only',
    first: 'grant-missing',
    provider: metadata({ grant_types_supported: ['client_credentials'] }),
  },
  {
    name: 'implicit flow only',
    first: 'grant-missing',
    provider: metadata({ response_types_supported: ['id_token token'] }),
  },
  {
    name: 'keys over http',
    first: 'jwks-invalid',
    provider: metadata({ jwks_uri: 'http://login.example.com/jwks' }),
  },
  {
    name: 'keys that are not there',
    first: 'jwks-missing',
    provider: {
      document: (facts) => ({
        ...metadata({}).document?.(facts),
        jwks_uri: `${new URL(facts.endpoint).origin}/jwks`,
      }),
    },
  },
  { name: 'no keys', first: 'jwks-empty', provider: { noKeys: true } },
  {
    name: 'keys for encryption only',
    first: 'jwks-unusable',
    provider: {
      noKeys: true,
      oddKeys: [{ kty: 'RSA', use: 'enc', kid: 'e', e: 'AQAB', n: 'AQAB' }],
    },
  },
  {
    name: 'published secret',
    first: 'jwks-secret',
    provider: { oddKeys: [{ kty: 'oct', kid: 's', k: 'c2VjcmV0' }] },
  },
  {
    name: 'two keys with one id',
    first: 'jwks-ambiguous',
    provider: {
      noKeys: true,
      oddKeys: [1, 2].map(() => ({
        kty: 'OKP',
        crv: 'Ed25519',
        kid: 'same',
        x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
      })),
    },
  },
];

const registrations: Omit<Case, 'register'>[] = [
  {
    name: 'no registration',
    first: 'registration-absent',
    provider: metadata({ registration_endpoint: undefined }),
  },
  {
    name: 'registration with a password',
    first: 'registration-closed',
    provider: { registration: { error: 'invalid_token', description: '', status: 401 } },
  },
  {
    name: 'registration switched off',
    first: 'registration-refused',
    provider: { registration: { error: 'access_denied', description: 'disabled', status: 403 } },
  },
  {
    name: 'policy on redirects',
    first: 'registration-redirect',
    provider: { registration: { error: 'invalid_redirect_uri', description: '', status: 400 } },
  },
  {
    name: 'registers without scopes, and then may not request what the server asks for',
    preset: 'clerk',
    first: 'registration-scope-refused',
    server: {
      ...document({ scopes_supported: ['openid', 'email'] }),
      challenge: (usual) => usual.replace('mcp:use', 'openid email'),
    },
    provider: {
      scopes: {
        all: ['openid', 'profile', 'email'],
        default: ['profile', 'email'],
        pinned: true,
        refusal: {
          error: 'invalid_scope',
          description: 'The OAuth 2.0 Client is not allowed to request scope `{scope}`.',
        },
      },
    },
  },
  {
    name: 'scope that does not exist',
    first: 'registration-scope-refused',
    provider: {
      scopes: { all: ['openid'], refusal: { error: 'invalid_scope', description: '{scope}' } },
    },
  },
  {
    name: 'resource that the provider does not know',
    first: 'registration-login-refused',
    provider: {
      scopes: { all: ['mcp:use'] },
      resource: {
        known: () => 'https://other.example/mcp',
        unknown: { error: 'invalid_target', description: 'unknown resource' },
      },
    },
  },
];

export const cases: Case[] = [
  ...servers,
  ...late,
  ...providers,
  ...registrations.map((each) => ({ ...each, register: true as const })),
];
