/** Requests, as bytes, that a server has to refuse, whatever they try. */
import fc from 'fast-check';
import { spell } from '../test/support/raw-requests.js';
import { authorizationKinds } from './malformed-authorization.js';
import { malformedMessages } from './malformed-messages.js';

export type Fields = Record<string, string | string[]>;

export interface MalformedRequest {
  /** What is wrong with it. */
  kind: string;
  bytes: Buffer;
}

export interface RequestSource {
  /** What the server is called. */
  host: string;
  /** Brings a request further than to the login; none where there is no login. */
  token?: string | undefined;
  /** Paths of an authorization server, if this is one. */
  authorizes: boolean;
}

/** @returns requests that are refused for what they are, not for a token that they lack */
export function malformedRequests(source: RequestSource): fc.Arbitrary<MalformedRequest> {
  const { host, token } = source;
  const common: Fields = {
    Host: host,
    ...(token !== undefined && { Authorization: `Bearer ${token}` }),
  };
  const json = {
    ...common,
    'Content-Type': 'application/json',
    Accept: 'application/json, text/event-stream',
  };
  const post = (fields: Fields, body?: string, target = '/mcp') =>
    spell(`POST ${target} HTTP/1.1`, fields, body);
  const kinds: [string, fc.Arbitrary<string | Buffer>][] = [
    ['path', paths.map((path) => spell(`GET ${path} HTTP/1.1`, common))],
    ['method', methods.map((method) => spell(`${method} /mcp HTTP/1.1`, common))],
    ['header', oddFields.map((fields) => post({ ...json, ...fields }, listTools))],
    ['length', lengths.map((length) => post({ ...json, 'Content-Length': length }) + listTools)],
    ['random header', randomFields.map((fields) => post({ ...fields, ...common }, listTools))],
    [
      'body',
      fc
        .string({ unit: 'binary', maxLength: 500 })
        .filter(isNoJson)
        .map((body) => post(json, body)),
    ],
    ['broken UTF-8', brokenText.map((bytes) => Buffer.concat([declare(json, bytes), bytes]))],
    ['JSON', fc.jsonValue({ maxDepth: 6 }).map((value) => post(json, JSON.stringify(value)))],
    ['deep JSON', fc.integer({ min: 501, max: 100_000 }).map((depth) => post(json, nested(depth)))],
    ['long JSON', fc.integer({ min: 1, max: 200 }).map((size) => post(json, long(size)))],
    ['message', malformedMessages.map((message) => post(json, JSON.stringify(message)))],
    ['chunks', chunks.map((text) => post({ ...json, 'Transfer-Encoding': 'chunked' }) + text)],
    ['no HTTP', noHttp(host)],
    ...(source.authorizes ? authorizationKinds(common, paths) : []),
  ];
  const made = kinds.map(([kind, bytes]) =>
    bytes.map((sent) => ({ kind, bytes: Buffer.isBuffer(sent) ? sent : Buffer.from(sent) })),
  );
  return fc.oneof(...made);
}

const listTools = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });

const segment = fc.oneof(
  fc.stringMatching(/^[!-"$->@-~]{0,20}$/),
  fc.constantFrom(
    '..',
    '.',
    '%2e%2e',
    '%zz',
    '%00',
    '%',
    '\\',
    '*',
    'mcp',
    'MCP',
    'mcp%2f',
    '%6dcp',
  ),
  fc.constantFrom('.env', 'etc', '__proto__', 'constructor', '{{7*7}}', ';', 'a'.repeat(4_000)),
);
/** Of nothing that is there. */
const paths = fc
  .array(segment, { minLength: 1, maxLength: 6 })
  .map((segments) => `/${segments.join('/')}`);

const methods = fc.oneof(
  fc.constantFrom('GET', 'PUT', 'DELETE', 'PATCH', 'PROPFIND', 'TRACE', 'PURGE', 'get'),
  fc
    .stringMatching(/^[A-Z]{1,12}$/)
    .filter((method) => !['POST', 'OPTIONS', 'HEAD', 'CONNECT'].includes(method)),
);

const word = fc.stringMatching(/^[!-~]{1,40}$/);
const oddFields: fc.Arbitrary<Fields> = fc.oneof(
  fc.record({
    'Content-Type': fc.oneof(
      word,
      fc.constantFrom('', '///;;', 'text/html', 'multipart/form-data'),
    ),
  }),
  fc.record({ Accept: word.filter((text) => !text.includes('/')) }),
  fc.record({
    Host: fc.oneof(
      word.filter((text) => !/^(localhost|127)/.test(text)),
      fc.constantFrom('', '[::1', '256.1.1.1', '\u0000'),
    ),
  }),
  fc.record({ Origin: word }),
  fc.record({
    'Transfer-Encoding': fc.constantFrom('gzip', 'chunked, chunked', ' chunked', 'identity'),
  }),
  fc.record({ 'Mcp-Protocol-Version': word }),
  fc.record({
    'X-Large': fc.integer({ min: 17_000, max: 70_000 }).map((size) => 'x'.repeat(size)),
  }),
  fc.record({ 'A B': word }),
  fc.record({ 'X-Control': fc.constantFrom('a\u0000b', 'a\rb', 'a\nb', '\u007f\u0001') }),
  fc.record({ Expect: fc.constantFrom('200-ok', 'x'.repeat(100)) }),
);

const lengths = fc.constantFrom('-1', '1e3', '0x10', '+5', '9'.repeat(30), '1, 2', '', '7');

/** Without those that make a message one. */
const randomFields: fc.Arbitrary<Fields> = fc.dictionary(
  fc
    .stringMatching(/^[A-Za-z-]{1,20}$/)
    .filter((name) => !/^(content|accept|host|auth)/i.test(name)),
  fc.string({ unit: 'binary-ascii', maxLength: 60 }),
  { maxKeys: 30 },
);

const brokenText = fc
  .tuple(fc.uint8Array({ maxLength: 40 }), fc.uint8Array({ maxLength: 40 }))
  .map(([a, b]) =>
    Buffer.concat([Buffer.from('{"jsonrpc":"2.0",'), a, Buffer.from([0xff, 0xc0]), b]),
  );

const chunks = fc.oneof(
  fc.constantFrom(
    'zz\r\n',
    '-1\r\n',
    '5\r\nabc\r\n0\r\n\r\n',
    '\r\n\r\n',
    'ffffffffffffffff\r\n',
    '5;',
  ),
  fc.stringMatching(/^[0-9a-f]{1,17}$/).map((size) => `${size}\r\n{}`),
  fc.string({ unit: 'binary-ascii', minLength: 1, maxLength: 50 }),
  fc
    .array(fc.constantFrom('1\r\n{\r\n', '1\r\n}\r\n', '2\r\n[]\r\n'))
    .map((list) => `${list.join('')}0\r\n\r\nx`),
);

function noHttp(host: string): fc.Arbitrary<string | Buffer> {
  const start = 'POST /mcp HTTP/1.1\r\n';
  return fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.constantFrom(
      ...[
        'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        '\u0016\u0003\u0001\u0002\u0000\u0001\u0000',
        '\r\n'.repeat(500),
      ],
      ...[`CONNECT ${host} HTTP/1.1\r\nHost: ${host}\r\n\r\n`],
      ...['GET /mcp HTTP/9.9\r\n\r\n', 'GET /mcp\r\n\r\n', 'GET  /mcp HTTP/1.1\r\n\r\n'],
      ...[`${start}Host: ${host}\r\nHost: a\r\n\r\n`, `${start}Host: ${host}\nX: y\n\n`],
      ...[`${start}Host: ${host}\r\n X: folded\r\n\r\n`, `${start}Host : ${host}\r\n\r\n`],
      ...[`${start}Host: ${host}\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n12345`],
      ...[
        `${start}Host: ${host}\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      ],
      ...[`${start}Host: ${host}\r\nContent-Length: 50\r\n\r\n{`, start, 'P'],
      ...[`${start}${'X: y\r\n'.repeat(3_000)}\r\n`, `GET /${'a'.repeat(90_000)} HTTP/1.1\r\n\r\n`],
    ),
  );
}

const isNoJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return false;
  } catch {
    return true;
  }
};

function declare(fields: Fields, bytes: Buffer): Buffer {
  return Buffer.from(
    spell('POST /mcp HTTP/1.1', { ...fields, 'Content-Length': String(bytes.length) }),
  );
}

function nested(depth: number): string {
  return `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":${'['.repeat(depth)}${']'.repeat(depth)}}`;
}

/** @param size in kilobytes */
function long(size: number): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'x'.repeat(size * 1_000), params: {} });
}
