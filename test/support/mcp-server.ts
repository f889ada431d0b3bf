/** A small MCP server that does everything right, except what a test changes. No SDK, no checks. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

interface Reply {
  status: number;
  headers?: Record<string, string>;
  /** JSON, unless it is text already. */
  body?: object | string;
}

interface Asked {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  /** The JSON-RPC method of a POST. */
  rpc: string | undefined;
  token: string | undefined;
}

/** What is wrong with the server. */
export interface Faults {
  /** Clients log in by this; absent: the server is open. */
  issuer?: string;
  /** The challenge, given the usual one; undefined: none. */
  challenge?(usual: string, server: { origin: string }): string | undefined;
  /** The protected resource metadata, given the usual one. */
  metadata?(usual: Record<string, unknown>, server: { origin: string }): unknown;
  /** The JSON-RPC methods that need no token. */
  open?: readonly string[];
  /** Anything else; undefined: as usual. */
  answer?(asked: Asked, server: { origin: string }): Reply | undefined;
  /** What a token is answered by; undefined: it is good. */
  judge?(token: string): Reply | undefined;
}

export interface McpServer extends AsyncDisposable {
  url: string;
  /** The Authorization headers that came, with where they came to. */
  readonly credentials: string[];
}

const inserted = '/.well-known/oauth-protected-resource/mcp';
const root = '/.well-known/oauth-protected-resource';

export async function startMcpServer(faults: Faults = {}): Promise<McpServer> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const credentials: string[] = [];

  server.on('request', async (request, response) => {
    const path = request.url ?? '/';
    const { method = 'GET', headers } = request;
    const { authorization } = headers;
    if (authorization !== undefined) credentials.push(`${path} ${authorization}`);
    const body = await text(request);
    const asked: Asked = {
      method,
      path,
      headers,
      rpc: method === 'POST' && body.startsWith('{') ? JSON.parse(body).method : undefined,
      token: authorization?.replace(/^Bearer /, ''),
    };
    const own = faults.answer?.(asked, { origin });
    const { status, headers: extra = {}, body: reply = '' } = own ?? usual(asked);
    const json = typeof reply !== 'string';
    const shared = own === undefined ? cors : {};
    response
      .writeHead(status, {
        ...(json && { 'content-type': 'application/json' }),
        ...shared,
        ...extra,
      })
      .end(json ? JSON.stringify(reply) : reply);
  });

  function usual(asked: Asked): Reply {
    const { method, path, headers } = asked;
    if (path === inserted || path === root) {
      if (faults.issuer === undefined) return { status: 404 };
      const document = {
        resource: `${origin}/mcp`,
        authorization_servers: [faults.issuer],
        scopes_supported: ['mcp:use'],
      };
      return { status: 200, body: (faults.metadata?.(document, { origin }) ?? document) as object };
    }
    if (path !== '/mcp' && path !== '/mcp/') return { status: 404 };
    if (headers.origin?.includes('.invalid') || headers.host?.includes('.invalid')) {
      return { status: 403 };
    }
    if (method === 'OPTIONS') return { status: 204, headers: allowed };
    if (faults.issuer !== undefined && !faults.open?.includes(asked.rpc ?? '')) {
      if (asked.token === undefined) return refuse();
      const verdict = faults.judge?.(asked.token);
      if (verdict !== undefined) return verdict;
    }
    return { status: 200, body: { jsonrpc: '2.0', id: 1, result: { asked: asked.rpc } } };
  }

  function refuse(): Reply {
    const good = `Bearer scope="mcp:use", resource_metadata="${origin}${inserted}"`;
    const challenge = faults.challenge ? faults.challenge(good, { origin }) : good;
    return {
      status: 401,
      ...(challenge !== undefined && { headers: { 'www-authenticate': challenge } }),
    };
  }

  return {
    url: `${origin}/mcp`,
    credentials,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

const cors = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'WWW-Authenticate, Mcp-Session-Id',
};
const allowed = {
  'access-control-allow-methods': 'POST',
  'access-control-allow-headers':
    'Authorization, Content-Type, Mcp-Protocol-Version, Mcp-Method, Mcp-Name',
};
