// Requests as bytes: what a client library would not send, and how each is answered by any framework.

type Fields = Record<string, string | readonly string[]>;

export interface RawRequest {
  name: string;
  bytes: string;
  /** The status of its answer; for several requests, of each of them. */
  status: number | readonly number[];
}

/** The host that the servers are called by. */
export const publicHost = 'mcp.example.com';

const accept = 'application/json, text/event-stream';
const json: Fields = { 'Content-Type': 'application/json', Accept: accept };
const message = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
/** @param body its length is declared; without one there is no such header */
export function spell(requestLine: string, fields: Fields = {}, body?: string): string {
  const all: Fields = {
    Host: publicHost,
    Connection: 'close',
    ...fields,
    ...(body !== undefined && { 'Content-Length': String(Buffer.byteLength(body)) }),
  };
  const lines = Object.entries(all).flatMap(([name, values]) =>
    [values].flat().map((value) => `${name}: ${value}`),
  );
  return `${[requestLine, ...lines].join('\r\n')}\r\n\r\n${body ?? ''}`;
}

const get = (target: string, fields?: Fields) => spell(`GET ${target} HTTP/1.1`, fields);
const post = (fields: Fields, body?: string, target = '/mcp') =>
  spell(`POST ${target} HTTP/1.1`, fields, body);
/** A request that another one follows. */
const before = (request: string) => request.replace('Connection: close', 'Connection: keep-alive');

/** By status. */
const methods: [number, string[]][] = [
  [405, ['GET', 'DELETE', 'PUT', 'PATCH', 'PROPFIND', 'MKCOL', 'TRACE']],
  [204, ['OPTIONS']],
];

const targets: [number, string[]][] = [
  [200, ['/health', '/health/', '/health?a=b', '/health#x', '/health?x=%zz']],
  [200, [`http://${publicHost}/health`, 'http://a:b@localhost/health', 'https://localhost/health']],
  [404, ['/', '/nope', '/HEALTH', '/health;a=b', '//evil.example/health', '/%2e/health/x']],
  [404, ['/%', '/%zz/x', '/%00', '/*', '/a*b', '/:id', `/${'a'.repeat(3_000)}`]],
  [404, ['http://localhost?x']],
  [400, ['*', '/\\evil', 'http://localhost:99999/health']],
];

/** By the statuses of /health, which has no guard, and of the MCP endpoint. */
const hosts: [number, number, string[]][] = [
  [
    200,
    200,
    [publicHost, `${publicHost}:8443`, 'localhost', 'LOCALHOST', '127.0.0.1:1', '[::1]:3'],
  ],
  [200, 403, ['evil.example', `${publicHost}.evil.example`, '10.1.2.3:3000', '_x_', '..']],
  [400, 400, ['256.1.1.1', 'localhost:x', 'a b', '[::1', '::1', 'a@b', 'a/b', 'a?b', 'a#b', '<b>']],
  [400, 400, ['a\\b']],
];

const bodies: [string, string, number][] = [
  ['of a request', message, 200],
  ['that is no JSON', '{', 400],
  ['that is empty', '', 400],
  ['that is no message', '"text"', 400],
  ['with a prototype', '{"__proto__":{"method":"ping"},"constructor":{}}', 400],
];

const fields: [string, Fields, number][] = [
  ['no Content-Type', { Accept: accept }, 415],
  ['an empty Content-Type', { ...json, 'Content-Type': '' }, 415],
  ['another Content-Type', { ...json, 'Content-Type': 'text/plain' }, 415],
  ['a form', { ...json, 'Content-Type': 'application/x-www-form-urlencoded' }, 415],
  ['a form of parts without a boundary', { ...json, 'Content-Type': 'multipart/form-data' }, 415],
  ['a malformed Content-Type', { ...json, 'Content-Type': '///;;' }, 415],
  ['a charset', { ...json, 'Content-Type': 'application/json; charset=utf-8' }, 200],
  ['two Content-Types', { ...json, 'Content-Type': ['application/json', 'text/plain'] }, 415],
  ['no Accept', { 'Content-Type': 'application/json' }, 406],
  ['two Accepts', { ...json, Accept: ['application/json', 'text/event-stream'] }, 200],
  ['an encoding that is not undone', { ...json, 'Content-Encoding': 'gzip' }, 200],
  ['another method for frameworks', { ...json, 'X-HTTP-Method-Override': 'DELETE' }, 200],
  ['a version for frameworks', { ...json, 'Accept-Version': '9.x' }, 200],
  ['another host for frameworks', { ...json, 'X-Forwarded-Host': 'evil.example' }, 200],
  ['two Hosts', { ...json, Host: [publicHost, 'evil.example'] }, 403],
  ['an allowed Origin', { ...json, Origin: 'http://localhost:6274' }, 200],
  ['another Origin', { ...json, Origin: 'https://evil.example' }, 403],
  ['an opaque Origin', { ...json, Origin: 'null' }, 403],
  ['two Origins', { ...json, Origin: ['http://localhost', 'https://evil.example'] }, 403],
];

const large = 'x'.repeat(5 * 1024 ** 2);
const chunked = (size: string, text: string, rest: string) =>
  `${spell('POST /mcp HTTP/1.1', { ...json, 'Transfer-Encoding': 'chunked' })}${size}\r\n${text}\r\n${rest}`;

/** What frameworks answer. */
export const requests: RawRequest[] = [
  ...methods.flatMap(([status, list]) =>
    list.map((method) => ({
      name: `${method} /mcp`,
      bytes: spell(`${method} /mcp HTTP/1.1`),
      status,
    })),
  ),
  ...targets.flatMap(([status, list]) =>
    list.map((target) => ({ name: `GET ${target.slice(0, 40)}`, bytes: get(target), status })),
  ),
  { name: 'OPTIONS *', bytes: spell('OPTIONS * HTTP/1.1'), status: 400 },
  ...hosts.flatMap(([health, mcp, list]) =>
    list.flatMap((host) => [
      { name: `/health on ${host}`, bytes: get('/health', { Host: host }), status: health },
      { name: `/mcp on ${host}`, bytes: post({ ...json, Host: host }, message), status: mcp },
    ]),
  ),
  ...bodies.map(([name, body, status]) => ({
    name: `a body ${name}`,
    bytes: post(json, body),
    status,
  })),
  ...fields.map(([name, given, status]) => ({
    name: `a message with ${name}`,
    bytes: post(given, message),
    status,
  })),
  ...['/mcp/', '/mcp?a=b', `http://${publicHost}/mcp`, '/x/../mcp'].map((target) => ({
    name: `a message to ${target}`,
    bytes: post(json, message, target),
    status: 200,
  })),
  ...['//mcp', '/MCP', '/%6dcp'].map((target) => ({
    name: `a message to ${target}`,
    bytes: post(json, message, target),
    status: 404,
  })),
  {
    name: 'a message to another host',
    bytes: post(json, message, 'http://evil.example/mcp'),
    status: 200,
  },
  {
    name: 'a preflight',
    bytes: spell('OPTIONS /mcp HTTP/1.1', {
      Origin: 'http://localhost:6274',
      'Access-Control-Request-Method': 'POST',
      'Access-Control-Request-Headers': 'authorization,mcp-name,x-other',
    }),
    status: 204,
  },
  { name: 'HTTP/1.0 without a Host', bytes: 'GET /health HTTP/1.0\r\n\r\n', status: 200 },
  {
    name: 'a body in chunks',
    bytes: chunked(message.length.toString(16), message, '0\r\n\r\n'),
    status: 200,
  },
  {
    name: 'a large body in chunks',
    bytes: chunked('400001', large.slice(0, 0x400001), ''),
    status: 413,
  },
  {
    name: 'a large body, and another request',
    bytes: before(post(json, large)) + get('/health'),
    status: [413, 200],
  },
  {
    name: 'an offer to speak another protocol',
    bytes: get('/health', { Connection: 'upgrade, close', Upgrade: 'websocket' }),
    status: 200,
  },
  {
    name: 'a body that waits to be asked for',
    bytes: post({ ...json, Expect: '100-continue' }, message),
    status: [100, 200],
  },
  {
    name: 'one request after another, without waiting',
    bytes: [
      ...[
        get('/health'),
        post(json, message),
        post(json, '{'),
        post({}, message),
        get('/nope'),
      ].map(before),
      ...[before(post({}, large, '/nope')), get('/health')],
    ].join(''),
    status: [200, 200, 400, 415, 404, 404, 200],
  },
];

/** What Node answers before any framework sees it; Fastify adds a body. */
export const malformed: RawRequest[] = [
  ...['hello', 'GET /a b HTTP/1.1', 'GET health HTTP/1.1', 'FOO / HTTP/1.1'].map((line) => ({
    name: line,
    bytes: spell(line),
    status: 400,
  })),
  { name: 'no Host', bytes: 'GET /health HTTP/1.1\r\n\r\n', status: 400 },
  { name: 'a path with an é', bytes: get('/\u00e9'), status: 400 },
  { name: 'a malformed header', bytes: get('/health', { 'A b': 'c' }), status: 400 },
  {
    name: 'a header that is too large',
    bytes: get('/health', { A: 'b'.repeat(20_000) }),
    status: 431,
  },
  {
    name: 'two lengths',
    bytes: post({ ...json, 'Transfer-Encoding': 'chunked' }, message),
    status: 400,
  },
  { name: 'a negative length', bytes: post({ 'Content-Length': '-1' }), status: 400 },
  { name: 'a malformed chunk', bytes: chunked('zz', '', ''), status: 400 },
];
