// Why nothing came back: each reason is told apart, and nobody can make the doctor wait or read for ever.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Fetch } from '../../src/doctor/node-fetch.js';
import { proxyFor } from '../../src/doctor/proxy.js';
import { complaints, createTools, examine } from '../support/doctor.js';
import { collectGarbage } from '../support/garbage.js';

async function listen(
  server: ReturnType<typeof createTcpServer> | ReturnType<typeof createServer>,
): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const serve = (listener: RequestListener) => listen(createServer(listener));
const firstOf = async (...given: Parameters<typeof examine>) =>
  complaints(await examine(...given))[0];

const pem = (name: string) => readFileSync(new URL(`../fixtures/tls/${name}.pem`, import.meta.url));
const tls = { key: pem('key'), cert: pem('certificate') };

describe('a real connection', () => {
  it('is refused', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    server.close();
    await once(server, 'close');
    expect(await firstOf(`http://localhost:${port}/mcp`)).toBe('network-refused');
  });

  it('is cut', async () => {
    const port = await listen(createTcpServer((socket) => socket.destroy()));
    expect(await firstOf(`http://localhost:${port}/mcp`)).toBe('network-reset');
  });

  it('is not HTTP', async () => {
    const port = await listen(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH_9\r\n')));
    expect(await firstOf(`http://localhost:${port}/mcp`)).toBe('network-http');
  });

  it('has a status that does not exist', async () => {
    const port = await listen(
      createTcpServer((socket) => socket.end('HTTP/1.1 999 Odd\r\ncontent-length: 0\r\n\r\n')),
    );
    expect(await firstOf(`http://localhost:${port}/mcp`)).toBe('network-http');
  });

  it('switches to another protocol', async () => {
    const answer = 'HTTP/1.1 101 Switching Protocols\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n';
    const port = await listen(createTcpServer((socket) => socket.write(answer)));
    expect(await firstOf(`http://localhost:${port}/mcp`)).toMatch(/^network-/);
  });

  it('has headers without end', async () => {
    const port = await listen(
      createTcpServer((socket) => {
        socket.write(`HTTP/1.1 200 OK\r\n${`x: ${'y'.repeat(1000)}\r\n`.repeat(100)}`);
      }),
    );
    expect(await firstOf(`http://localhost:${port}/mcp`)).toBe('network-size');
  });

  it('does not encrypt', async () => {
    const port = await serve((_request, response) => void response.end());
    expect(await firstOf(`https://localhost:${port}/mcp`)).toBe('network-tls');
  });

  it('has a certificate of nobody', async () => {
    const port = await listen(createTlsServer(tls, (_request, response) => void response.end()));
    expect(await firstOf(`https://localhost:${port}/mcp`)).toBe('network-tls-untrusted');
  });

  it('is silent, even where nobody but a timer holds the limit', async () => {
    const port = await serve(() => collectGarbage());
    const tools = createTools({ timeout: 100 });
    expect(await firstOf(`http://localhost:${port}/mcp`, {}, tools)).toBe('network-timeout');
  });

  it('drips', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const timer = setInterval(() => response.write(' '), 5);
      response.on('close', () => clearInterval(timer));
    });
    const tools = createTools({ timeout: 100 });
    expect(await firstOf(`http://localhost:${port}/mcp`, {}, tools)).toBe('network-timeout');
  });

  it('never ends', async () => {
    const port = await serve((_request, response) => {
      const more = () => {
        while (response.write('x'.repeat(65_536)) && !response.destroyed);
      };
      response.on('drain', more);
      more();
    });
    expect(await firstOf(`http://localhost:${port}/mcp`)).toBe('network-size');
  });

  it('sends compressed what was not asked for', async () => {
    const port = await serve((_request, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(Buffer.from('1f8b08', 'hex'));
    });
    expect(await firstOf(`http://localhost:${port}/mcp`)).toBe('endpoint-status');
  });

  it('redirects a document in circles', async () => {
    let asked = 0;
    const port = await serve((request, response) => {
      if (!request.url?.includes('well-known')) {
        const metadata = `http://localhost:${port}/.well-known/a`;
        response.setHeader('www-authenticate', `Bearer resource_metadata="${metadata}"`);
        return void response.writeHead(401).end();
      }
      asked++;
      response.writeHead(302, { location: request.url }).end();
    });
    expect(await firstOf(`http://localhost:${port}/mcp`)).toBe('metadata-missing');
    // Four addresses, each with three redirects; and one request of a browser.
    expect(asked).toBeLessThanOrEqual(4 * 4 + 1);
  });

  it('keeps an event stream open after its answer', async () => {
    const port = await serve((request, response) => {
      if (request.url !== '/mcp') return void response.writeHead(404).end();
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data:\n\nevent: message\ndata: {"jsonrpc":"2.0","id":1,"result":{}}\n\n');
    });
    const { findings } = await examine(`http://localhost:${port}/mcp`);
    expect(findings.map(({ id }) => id)).toContain('endpoint-open');
  });
});

describe('the system says', () => {
  const failing = (error: unknown, inResolver = false) => {
    const reject = async () => {
      throw error;
    };
    return createTools(inResolver ? { resolve: reject } : { fetch: reject as Fetch });
  };
  const url = 'http://127.0.0.1:1/mcp';

  it.each([
    ['ENOTFOUND', 'network-dns'],
    ['EAI_AGAIN', 'network-dns-server'],
  ])('%s', async (code, id) => {
    const tools = failing(Object.assign(new Error(code), { code }), true);
    expect(await firstOf('https://mcp.example.com/mcp', {}, tools)).toBe(id);
  });

  it.each([
    ['ECONNREFUSED', 'network-refused'],
    ['EHOSTUNREACH', 'network-unreachable'],
    ['ENETUNREACH', 'network-unreachable'],
    ['ETIMEDOUT', 'network-timeout'],
    ['CERT_HAS_EXPIRED', 'network-tls-expired'],
    ['CERT_NOT_YET_VALID', 'network-tls-expired'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'network-tls-name'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'network-tls-untrusted'],
    ['SELF_SIGNED_CERT_IN_CHAIN', 'network-tls-untrusted'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'network-tls'],
    ['HPE_INVALID_CONSTANT', 'network-http'],
    ['HPE_HEADER_OVERFLOW', 'network-size'],
  ])('%s', async (code, id) => {
    const cause = Object.assign(new Error(code), { code });
    // As Node's own fetch hides it, and as a connection to several addresses fails.
    for (const error of [
      cause,
      new TypeError('fetch failed', { cause }),
      new AggregateError([cause]),
    ]) {
      expect(await firstOf(url, {}, failing(error))).toBe(id);
    }
  });

  it('a handshake that is cut', async () => {
    const message =
      'Client network socket disconnected before secure TLS connection was established';
    const error = Object.assign(new Error(message), { code: 'ECONNRESET' });
    expect(await firstOf(url, {}, failing(error))).toBe('network-tls');
  });
});

describe('a proxy', () => {
  const through = (port: number) =>
    createTools({ proxyFor: () => new URL(`http://user:word@127.0.0.1:${port}`) });

  it.each([403, 407, 502])('refuses a tunnel with %d', async (status) => {
    const port = await listen(
      createServer().on('connect', (_request, socket) => {
        socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      }),
    );
    expect(await firstOf('https://mcp.example.com/mcp', {}, through(port))).toBe('network-proxy');
  });

  it('is not there', async () => {
    const server = createTcpServer();
    const port = await listen(server);
    server.close();
    await once(server, 'close');
    for (const url of ['https://mcp.example.com/mcp', 'http://mcp.example.com/mcp']) {
      expect(await firstOf(url, {}, through(port))).toBe('network-proxy');
    }
  });

  it('wants credentials', async () => {
    const port = await serve((_request, response) => void response.writeHead(407).end());
    expect(await firstOf('http://mcp.example.com/mcp', {}, through(port))).toBe('network-proxy');
  });

  it.each(['socks5', 'socks5h', 'socks4', 'socks', 'quic'])(
    'that speaks %s is not spoken to',
    async (scheme) => {
      let connections = 0;
      const port = await listen(createTcpServer(() => void connections++));
      const proxyFor = () => new URL(`${scheme}://user:word@127.0.0.1:${port}`);
      const tools = createTools({ proxyFor });
      const { findings } = await examine('https://mcp.example.com/mcp', {}, tools);
      expect(findings[0]).toMatchObject({
        id: 'network-proxy-kind',
        seen: { detail: `${scheme}://127.0.0.1:${port}` },
      });
      expect(connections).toBe(0);
    },
  );

  it('passes on plain http, with its own credentials', async () => {
    const asked: unknown[] = [];
    const port = await serve(({ url, headers }, response) => {
      asked.push([url, headers.host, headers['proxy-authorization']]);
      response.writeHead(404).end();
    });
    const url = 'http://mcp.example.com/mcp';
    expect(await firstOf(url, {}, through(port))).toBe('endpoint-not-found');
    expect(asked).toEqual([[url, 'mcp.example.com', `Basic ${btoa('user:word')}`]]);
  });

  it('gets a password with a % that encodes nothing as it was written', async () => {
    let given: string | undefined;
    const port = await serve(({ headers }, response) => {
      given = headers['proxy-authorization'];
      response.writeHead(404).end();
    });
    const tools = createTools({ proxyFor: () => new URL(`http://user:w%zz@127.0.0.1:${port}`) });
    await firstOf('http://mcp.example.com/mcp', {}, tools);
    expect(given).toBe(`Basic ${btoa('user:w%zz')}`);
  });

  it('opens a tunnel, in which the certificate still counts', async () => {
    const target = await listen(createTlsServer(tls, (_request, response) => void response.end()));
    const port = await listen(
      createServer().on('connect', (_request, socket) => {
        const there = connect(target, '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          socket.pipe(there).pipe(socket);
        });
        there.on('error', () => socket.destroy());
        socket.on('error', () => there.destroy());
      }),
    );
    expect(await firstOf('https://localhost/mcp', {}, through(port))).toBe('network-tls-untrusted');
  });

  it.each([
    [{ HTTPS_PROXY: 'http://p:1' }, 'https://a.example/', 'http://p:1/'],
    [{ https_proxy: 'p:1' }, 'https://a.example/', 'http://p:1/'],
    [{ HTTPS_PROXY: 'http://p:1' }, 'http://a.example/', undefined],
    [{ HTTP_PROXY: 'http://p:1' }, 'http://a.example/', 'http://p:1/'],
    [{ ALL_PROXY: 'http://p:1' }, 'https://a.example/', 'http://p:1/'],
    [{ all_proxy: 'socks5h://p:1' }, 'https://a.example/', 'socks5h://p:1'],
    [{ ALL_PROXY: 'socks5://p:1', HTTPS_PROXY: 'http://p:2' }, 'https://a.example/', 'http://p:2/'],
    [{ ALL_PROXY: 'http://p:1', NO_PROXY: 'b.example, .example' }, 'https://a.example/', undefined],
    [{ ALL_PROXY: 'http://p:1', NO_PROXY: '*' }, 'https://a.example/', undefined],
    [{ ALL_PROXY: 'http://p:1', NO_PROXY: 'a.example:8443' }, 'https://a.example/', 'http://p:1/'],
    [{ ALL_PROXY: 'http://p:1', NO_PROXY: 'ample' }, 'https://a.example/', 'http://p:1/'],
    [{ ALL_PROXY: 'http://p:1' }, 'http://localhost:3000/', undefined],
    [{}, 'https://a.example/', undefined],
  ])('%j for %s: %s', (env, url, expected) => {
    expect(proxyFor(new URL(url), env)?.href).toBe(expected);
  });
});

it('uses a connection for each request: a server may close any that is idle', async () => {
  const server = createServer((_, response) => response.end('{}'));
  const port = await listen(server);
  let connections = 0;
  server.on('connection', () => {
    connections++;
  });
  const { http } = createTools();
  for (let asked = 0; asked < 3; asked++) await http.ask({ url: `http://127.0.0.1:${port}/` });
  expect(connections).toBe(3);
});
