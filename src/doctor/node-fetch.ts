/**
 * `fetch` for diagnosis. Unlike the global one it connects only to addresses that were looked at
 * before (a name cannot change its meaning in between), sends any Host header, never follows a
 * redirect, never decompresses, and goes through the environment's proxy.
 */
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { Readable } from 'node:stream';
import tls from 'node:tls';

interface FetchInit {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body?: string;
  readonly signal: AbortSignal;
  /** The only addresses to connect to; absent: whatever the name means (to the proxy). */
  readonly addresses?: readonly string[];
  readonly proxy?: URL;
}

/** A `fetch` that does not follow redirects. @throws Error with `code`, or a `cause` that has one */
export type Fetch = (url: string, init: FetchInit) => Promise<Response>;

/** The proxy did not let the connection through; `status` is its answer, if it gave one. */
export class ProxyError extends Error {
  readonly code = 'ERR_PROXY';
  constructor(
    readonly proxy: string,
    readonly status?: number,
    options?: ErrorOptions,
  ) {
    super(status === undefined ? 'the proxy does not answer' : `status ${status}`, options);
  }
}

export const nodeFetch: Fetch = async (address, init) => {
  const url = new URL(address);
  const { method, headers, body, signal, addresses, proxy } = init;
  const secure = url.protocol === 'https:';
  const options = {
    method,
    headers: { ...headers, ...(body !== undefined && { 'content-length': byteLength(body) }) },
    signal,
    ...(addresses && { lookup: lookupIn(addresses) }),
  };
  let request: http.ClientRequest;
  // A connection each: one that the server closed meanwhile would look like a server that fails.
  if (proxy === undefined)
    request = (secure ? https : http).request(url, { ...options, agent: false });
  else if (secure) {
    const socket = await openTunnel(url, proxy, signal);
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const createConnection = () =>
      tls.connect({ socket, ...(isIP(host) === 0 && { servername: host }), host });
    // Without an agent: one would open a connection of its own.
    request = https.request(url, { ...options, createConnection });
  } else {
    request = http.request({
      ...options,
      host: proxy.hostname.replace(/^\[|\]$/g, ''),
      port: proxy.port || 80,
      path: url.href,
      headers: { host: url.host, ...options.headers, ...credentialsOf(proxy) },
    });
  }
  request.end(body);
  const message = await responseTo(request).catch((error: Error) => {
    throw proxy !== undefined && !secure && !signal.aborted
      ? new ProxyError(proxy.host, undefined, { cause: error })
      : error;
  });
  return asResponse(message);
};

function responseTo(request: http.ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    // What fails after the answer began is reported by reading its body.
    request.on('error', reject);
    // Node ends a connection that was to be upgraded without an answer and without an error.
    request.once('close', () => reject(new Error('the connection was closed without an answer')));
  });
}

/** RFC 9110 §9.3.6 */
async function openTunnel(url: URL, proxy: URL, signal: AbortSignal) {
  const target = `${url.hostname}:${url.port || 443}`;
  const client = proxy.protocol === 'https:' ? https : http;
  const request = client.request({
    method: 'CONNECT',
    host: proxy.hostname.replace(/^\[|\]$/g, ''),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    path: target,
    headers: { host: target, ...credentialsOf(proxy) },
    signal,
    agent: false,
  });
  request.end();
  const [message, socket] = await new Promise<[IncomingMessage, import('node:net').Socket]>(
    (resolve, reject) => {
      request.once('connect', (answer, stream) => resolve([answer, stream]));
      // An answer without a tunnel: a refusal with a page.
      request.once('response', (answer) => resolve([answer, answer.socket]));
      request.once('error', (error) =>
        reject(signal.aborted ? error : new ProxyError(proxy.host, undefined, { cause: error })),
      );
    },
  );
  if (message.statusCode === 200) return socket;
  socket.destroy();
  throw new ProxyError(proxy.host, message.statusCode);
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '') return {};
  const both = `${decode(username)}:${decode(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(both).toString('base64')}` };
}

/** People write passwords as they are, with a % that encodes nothing. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function lookupIn(addresses: readonly string[]): LookupFunction {
  const all = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, { all: wantsAll }, callback) => {
    const [first] = all;
    if (first === undefined) callback(new Error('no address'), '');
    else if (wantsAll) callback(null, all);
    else callback(null, first.address, first.family);
  };
}

function asResponse(message: IncomingMessage): Response {
  const { statusCode = 0, rawHeaders } = message;
  const headers = new Headers();
  for (let index = 0; index < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? '', rawHeaders[index + 1] ?? '');
  }
  const empty = [204, 205, 304].includes(statusCode);
  if (empty) message.resume();
  const body = empty ? null : (Readable.toWeb(message) as ReadableStream);
  return new Response(body, { status: statusCode, headers });
}

function byteLength(text: string): string {
  return String(Buffer.byteLength(text));
}
