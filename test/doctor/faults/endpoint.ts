/** What is wrong with the endpoint and its challenge, and with what it makes of names and browsers. */
import type { Faults } from '../../support/mcp-server.js';
import { challenge, type Fault, html, server } from './fault.js';

/** The answer to a request without a token. */
const endpoint = (status: number, headers: Record<string, string> = {}, body = ''): Faults => ({
  answer: ({ path, method, token }) =>
    path === '/mcp' && method === 'POST' && token === undefined
      ? { status, headers, body }
      : undefined,
});

/** The answer to a preflight, which allows every origin. */
const preflight = (status: number, headers: Record<string, string> = {}): Faults => ({
  answer: ({ method }) =>
    method === 'OPTIONS'
      ? { status, headers: { 'access-control-allow-origin': '*', ...headers } }
      : undefined,
});

/** An open server that answers whoever uses a foreign name. */
const serving = (header: 'origin' | 'host', first: string, name: string): Fault => ({
  first,
  name,
  open: true,
  server: {
    answer: ({ path, method, headers }) =>
      path === '/mcp' && method === 'POST' && headers[header]?.includes('.invalid')
        ? { status: 200, body: { jsonrpc: '2.0', id: 1, result: {} } }
        : undefined,
  },
});

/** Nothing but these JSON-RPC methods needs no token. */
const late = (name: string, ...open: string[]) => server('endpoint-late', name, { open });

const handshake = ['initialize', 'notifications/initialized'];

export const endpointFaults: readonly Fault[] = [
  server('endpoint-not-found', 'wrong path', endpoint(404)),
  server('endpoint-method', 'POST not allowed', endpoint(405, { allow: 'GET' })),
  server('endpoint-redirect', 'redirect to the other slash', endpoint(307, { location: '/mcp/' })),
  server(
    'endpoint-redirect',
    'redirect to https',
    endpoint(301, { location: 'https://mcp.example.com/mcp' }),
  ),
  server('endpoint-web-page', 'website', endpoint(200, { 'content-type': 'text/html' }, html)),
  server('endpoint-gateway', 'nothing behind the proxy', endpoint(502, {}, html)),
  server('endpoint-failing', 'crash without a token', endpoint(500, {}, 'oops')),
  server(
    'endpoint-forbidden',
    'host that is not allowed',
    endpoint(403, {}, 'Invalid Host header'),
  ),
  server('endpoint-status', '400 without a token', endpoint(400, {}, 'no token')),

  late('login when tools are listed', ...handshake, 'server/discover'),
  late('login when a tool is called', ...handshake, 'server/discover', 'tools/list'),
  late('login for clients of 2026-07-28 only', ...handshake, 'tools/list', 'tools/call'),
  late(
    'login at the second half of the handshake',
    ...['initialize', 'server/discover', 'tools/list', 'tools/call'],
  ),

  server(
    'challenge-missing',
    '401 without a challenge',
    challenge(() => undefined),
  ),
  server(
    'challenge-scheme',
    'Basic authentication in front',
    challenge(() => 'Basic realm="staging"'),
  ),
  server(
    'challenge-syntax',
    'no comma between parameters',
    challenge((usual) => usual.replace(', ', ' ')),
  ),
  server(
    'challenge-syntax',
    'quote without its end',
    challenge((usual) => usual.slice(0, -1)),
  ),
  server(
    'challenge-syntax',
    'quotes inside quotes',
    challenge((usual) => `${usual}, realm="the "best" server"`),
  ),
  server(
    'challenge-unquoted',
    'single quotes',
    challenge((usual) => usual.replaceAll('"', "'")),
  ),
  server(
    'challenge-unquoted',
    'address without quotes',
    challenge((usual) => usual.replace(/resource_metadata="(.*)"/, 'resource_metadata=$1')),
  ),
  server(
    'challenge-metadata-url',
    'relative address of the metadata',
    challenge(() => 'Bearer resource_metadata="/.well-known/oauth-protected-resource/mcp"'),
  ),
  server(
    'challenge-no-metadata',
    'no address of the metadata',
    challenge(() => 'Bearer scope="mcp:use"'),
  ),
  server(
    'challenge-error',
    'error without a token',
    challenge((usual) => `${usual}, error="invalid_token"`),
  ),
  server(
    'challenge-scope-syntax',
    'scopes with commas',
    challenge((usual) => usual.replace('mcp:use', 'mcp:use,mcp:admin')),
  ),
  server(
    'challenge-offline-access',
    'offline_access in the challenge',
    challenge((usual) => usual.replace('mcp:use', 'mcp:use offline_access')),
  ),

  server('cors-preflight', 'preflight needs a token', preflight(401)),
  server('cors-origin', 'CORS that a proxy drops', {
    answer: ({ method }) => (method === 'OPTIONS' ? { status: 204 } : undefined),
  }),
  server(
    'cors-origin',
    'CORS for one page only',
    preflight(204, { 'access-control-allow-origin': 'https://app.example' }),
  ),
  server(
    'cors-headers',
    'preflight forgets the new headers',
    preflight(204, { 'access-control-allow-headers': 'authorization, content-type' }),
  ),
  server(
    'cors-headers',
    'wildcard for headers does not cover Authorization',
    preflight(204, { 'access-control-allow-headers': '*' }),
  ),
  server('cors-expose', 'challenge that browsers hide', {
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
  }),

  serving('origin', 'origin-accepted', 'open to every website'),
  serving('host', 'host-accepted', 'open to every host name'),
  {
    first: 'eras-none',
    name: 'JSON-RPC that is not MCP',
    open: true,
    server: {
      answer: ({ path, method, headers }) =>
        path === '/mcp' && method === 'POST' && !headers.origin && headers.host !== 'doctor.invalid'
          ? { status: 200, body: { jsonrpc: '2.0', id: 1, error: { code: -32601, message: 'no' } } }
          : undefined,
    },
  },
];
