/** What is wrong with the protected resource metadata: where it is, and what it says. */
import type { Faults } from '../../support/mcp-server.js';
import { challenge, document, type Fault, html, server } from './fault.js';

/** A row: the resource is made from the usual one. */
const resource = (first: string, name: string, change: (usual: string) => unknown): Fault =>
  server(first, name, naming(change));

const naming = (change: (usual: string) => unknown): Faults => ({
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

const usualDocument = (resource: string, issuer: string) => ({
  resource,
  authorization_servers: [issuer],
  scopes_supported: ['mcp:use'],
});

/** The usual metadata, with no other headers than these. */
const sentWith =
  (headers: Record<string, string>) =>
  (issuer: string): Faults => ({
    answer: ({ path }, { origin }) =>
      path.includes('oauth-protected-resource')
        ? { status: 200, headers, body: usualDocument(`${origin}/mcp`, issuer) }
        : undefined,
  });

/** A row: the metadata names these authorization servers. */
const issuers = (first: string, name: string, authorization_servers: unknown) =>
  server(first, name, document({ authorization_servers }));

const open = { 'access-control-allow-origin': '*' };

export const resourceFaults: readonly Fault[] = [
  server('metadata-missing', 'no metadata', wellKnown(404)),
  server('metadata-login', 'metadata behind the login', wellKnown(401)),
  server(
    'metadata-not-json',
    'catch-all page',
    wellKnown(200, { 'content-type': 'text/html' }, html),
  ),
  server('metadata-failing', 'metadata fails', wellKnown(500)),
  server(
    'metadata-challenge-address',
    'challenge names what is not there',
    challenge((usual) => usual.replace('/mcp"', '/old"')),
  ),
  server(
    'metadata-foreign-address',
    'challenge names another host',
    challenge((usual) => usual.replace('localhost', '127.0.0.1')),
  ),
  server('metadata-not-inserted', 'metadata at the root only', {
    ...challenge((usual) => usual.replace('resource/mcp', 'resource')),
    ...wellKnown(404, {}, '', /resource\/mcp$/),
  }),
  server(
    'metadata-redirect',
    'metadata redirects',
    wellKnown(
      302,
      { location: '/.well-known/oauth-protected-resource', ...open },
      '',
      /resource\/mcp$/,
    ),
  ),
  server(
    'metadata-type',
    'metadata as plain text',
    sentWith({ ...open, 'content-type': 'text/plain' }),
  ),
  server('cors-metadata', 'metadata that browsers hide', sentWith({})),
  server('metadata-differs', 'metadata differs', (issuer) =>
    wellKnown(
      200,
      {},
      { resource: 'http://localhost/mcp', authorization_servers: [issuer] },
      /resource$/,
    ),
  ),
  server('metadata-from-host', 'host header in the metadata', {
    answer: ({ path, headers }) =>
      path.includes('oauth-protected-resource') && headers['x-forwarded-host']
        ? { status: 200, body: { resource: `https://${headers['x-forwarded-host']}/mcp` } }
        : undefined,
  }),

  resource('resource-missing', 'no resource', () => undefined),
  resource('resource-slash', 'slash at the end', (usual) => `${usual}/`),
  resource('resource-host', 'another name of the machine', (usual) =>
    usual.replace('localhost', '127.0.0.1'),
  ),
  server('resource-host', 'another public address than the one that is used, everywhere', {
    ...challenge((usual) => usual.replace('http://localhost', 'http://127.0.0.1')),
    ...naming((usual) => usual.replace('localhost', '127.0.0.1')),
  }),
  server('resource-port', 'another public address where there is nothing yet', {
    ...challenge((usual) => usual.replace(/localhost:\d+/, 'localhost:1')),
    ...naming((usual) => usual.replace(/:\d+/, ':1')),
  }),
  resource('resource-scheme', 'scheme behind a proxy', (usual) => usual.replace('http:', 'https:')),
  resource('resource-port', 'port behind a proxy', (usual) => usual.replace(/:\d+/, ':1')),
  resource('resource-parent', 'origin instead of the endpoint', (usual) => new URL(usual).origin),
  resource('resource-path', 'beginning of a name in the path', (usual) =>
    usual.replace('/mcp', '/mc'),
  ),
  resource('resource-path', 'child of the endpoint', (usual) => `${usual}/v1`),
  resource('resource-path', 'parent with a query', (usual) => `${new URL(usual).origin}/?tenant=1`),
  resource('resource-path', 'prefix that a proxy adds', (usual) =>
    usual.replace('/mcp', '/api/mcp'),
  ),
  server('resource-path', 'endpoint in the public address', (issuer) => ({
    ...challenge((usual) => usual.replace('resource/mcp', 'resource/mcp/mcp')),
    answer: ({ path }, { origin }) => {
      if (!path.includes('oauth-protected-resource')) return undefined;
      const own = path.endsWith('/mcp/mcp') || path.endsWith('resource');
      const body = usualDocument(`${origin}/mcp/mcp`, issuer);
      return own ? { status: 200, headers: open, body } : { status: 404 };
    },
  })),
  resource('resource-query', 'query', (usual) => `${usual}?v=1`),
  resource('resource-spelling', 'capitals', (usual) => usual.replace('localhost', 'LocalHost')),
  resource('resource-invalid', 'a name for a resource', () => 'my-server'),

  server('scopes-missing', 'no scopes anywhere', {
    ...document({ scopes_supported: undefined }),
    ...challenge((usual) => usual.replace('scope="mcp:use", ', '')),
  }),
  server(
    'scopes-malformed',
    'scopes in one string',
    document({ scopes_supported: 'mcp:use openid' }),
  ),
  server(
    'scopes-malformed',
    'two scopes in one string',
    document({ scopes_supported: ['mcp:use openid'] }),
  ),
  server(
    'scopes-offline-access',
    'offline_access in the metadata',
    document({ scopes_supported: ['mcp:use', 'offline_access'] }),
  ),

  issuers('issuer-missing', 'no authorization server', []),
  issuers('issuer-invalid', 'authorization server without a scheme', ['login.example.com']),
  issuers(
    'issuer-invalid',
    'authorization server that is not in an array',
    'https://login.example.com',
  ),
  issuers('issuer-document', 'discovery document instead of the issuer', [
    'https://login.example.com/.well-known/openid-configuration',
  ]),
  issuers('issuer-not-https', 'authorization server over http', ['http://login.example.com']),
];
