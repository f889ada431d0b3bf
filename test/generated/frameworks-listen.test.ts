// What each framework does with a web-standard handler: nothing is lost, kept back or held up.
import { once } from 'node:events';
import { createServer, request as openRequest, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { buildProject, frameworkIds, send } from '../support/frameworks.js';
import type { Project } from '../support/project.js';

type App = import('../../templates/base/src/router.js').App;
type Listen = (app: App, address: { port: number; host: string }) => Promise<Server>;

/** Something that will happen, and what makes it happen. */
function foresee<Value = void>(): [Promise<Value>, (value: Value) => void] {
  let happen: (value: Value) => void = () => {};
  const happened = new Promise<Value>((resolve) => {
    happen = resolve;
  });
  return [happened, happen];
}

describe.each(frameworkIds)('%s', (framework) => {
  let project: Project;
  let listen: Listen;
  const servers: Server[] = [];
  beforeAll(async () => {
    project = await buildProject(framework);
    ({ listen } = await import(pathToFileURL(`${project.directory}/dist/listen.js`).href));
  });
  afterEach(async () => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    vi.restoreAllMocks();
  });
  afterAll(() => project[Symbol.asyncDispose]());

  /** Puts `app` on a free port. */
  async function serve(app: App): Promise<string> {
    const server = await listen(app, { port: 0, host: '127.0.0.1' });
    servers.push(server);
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('hands on all of a request', async () => {
    const url = await serve(async (request) =>
      Response.json([
        ...[request.method, request.url, request.headers.get('x-a'), request.headers.get('cookie')],
        await request.text(),
      ]),
    );
    const answer = await send(
      url,
      [
        ...[
          'PUT //a/%20b;c?d=%zz&d HTTP/1.1',
          'Host: x.example:1',
          'X-A: 1',
          'x-a:  2 ',
          'Cookie: e=1',
        ],
        ...[
          'Cookie: f=2',
          'Content-Length: 2',
          'Content-Type: application/json',
          'Connection: close',
        ],
        ...['', '{]'],
      ].join('\r\n'),
    );
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toEqual([
      'PUT',
      'http://x.example:1//a/%20b;c?d=%zz&d',
      '1, 2',
      'e=1; f=2',
      '{]',
    ]);
  });

  it('sends all of a response, and nothing besides', async () => {
    const headers = new Headers({ 'x-a': '1', 'content-type': 'text/plain' });
    headers.append('set-cookie', 'b=1; Path=/');
    headers.append('set-cookie', 'c=2; Expires=Wed, 21 Oct 2026 07:28:00 GMT');
    const url = await serve(async () => new Response('ä', { status: 418, headers }));
    const answer = await send(url, 'GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n');
    const [head = '', body] = answer.split('\r\n\r\n');
    const lines = head.split('\r\n').map((line) => line.replace(/^Date: .*/, 'Date: now'));
    expect(lines.map((line) => line.toLowerCase()).sort()).toEqual([
      'connection: close',
      'content-length: 2',
      'content-type: text/plain',
      'date: now',
      "http/1.1 418 i'm a teapot",
      'set-cookie: b=1; path=/',
      'set-cookie: c=2; expires=wed, 21 oct 2026 07:28:00 gmt',
      'x-a: 1',
    ]);
    expect(Buffer.from(body ?? '', 'latin1').toString()).toBe('ä');
  });

  it('sends what there is of a stream', async () => {
    const [released, proceed] = foresee();
    const url = await serve(
      async () =>
        new Response(
          new ReadableStream({
            async start(controller) {
              controller.enqueue(new TextEncoder().encode('first'));
              await released;
              controller.enqueue(new TextEncoder().encode('second'));
              controller.close();
            },
          }),
        ),
    );
    const reader = (await fetch(url)).body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toBe('first');
    proceed();
    expect((await reader?.read())?.value).toBe('second');
    expect((await reader?.read())?.done).toBe(true);
  });

  it('takes no more of a stream than its reader does', async () => {
    const chunk = new Uint8Array(2 ** 16);
    const all = 1_024;
    let taken = 0;
    const url = await serve(async (request) => {
      if (request.url.endsWith('/other')) return new Response('other');
      return new Response(
        new ReadableStream(
          {
            pull(controller) {
              taken++;
              if (taken === all) controller.close();
              else controller.enqueue(chunk);
            },
          },
          { highWaterMark: 0 },
        ),
      );
    });
    const outgoing = openRequest(url).end();
    const [response] = await once(outgoing, 'response');
    // Nobody reads, while others are served.
    for (let count = 0; count < 50; count++) {
      expect(await (await fetch(`${url}/other`)).text()).toBe('other');
    }
    expect(taken).toBeLessThan(all / 2);
    let received = 0;
    for await (const data of response) received += data.length;
    expect(received).toBe((all - 1) * chunk.length);
  });

  it('waits for a body that comes slowly', async () => {
    const [called, arrived] = foresee();
    const url = await serve(async (request) => {
      arrived();
      return new Response(await request.text());
    });
    const outgoing = openRequest(url, { method: 'POST', headers: { 'content-length': 6 } });
    outgoing.write('abc');
    await called;
    outgoing.end('def');
    const [response] = await once(outgoing, 'response');
    expect(String(await response.setEncoding('utf8').toArray())).toBe('abcdef');
  });

  it.each(['GET', 'POST'])('tells when the sender of a %s has gone', async (method) => {
    const seen: string[] = [];
    const [gone, ended] = foresee();
    const url = await serve(async (request) => {
      seen.push(await request.text());
      request.signal.addEventListener('abort', () => ended());
      socket.destroy();
      await gone;
      return new Response('too late');
    });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    const body = method === 'POST' ? 'body' : '';
    socket.write(
      `${method} / HTTP/1.1\r\nHost: a\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await gone;
    expect(seen).toEqual([body]);
  });

  it('tells when the reader of a stream has gone', async () => {
    const [gone, ended] = foresee();
    const url = await serve(
      async () =>
        new Response(
          new ReadableStream({
            start: (controller) => controller.enqueue(new Uint8Array(1)),
            cancel: () => ended(),
          }),
        ),
    );
    const outgoing = openRequest(url).end();
    const [response] = await once(outgoing, 'response');
    await once(response, 'data');
    outgoing.destroy();
    await gone;
  });

  it('survives a sender that goes in the middle of a body', async () => {
    const [reported, report] = foresee<unknown>();
    const url = await serve(async (request) => {
      if (request.method === 'GET') return new Response('alive');
      const reading = request.text();
      socket.destroy();
      await reading.catch(report);
      return new Response('too late');
    });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.write('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc');
    expect(await reported).toBeInstanceOf(Error);
    expect(await (await fetch(url)).text()).toBe('alive');
  });

  it('survives a handler that fails, and tells nobody why', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const url = await serve(async (request) => {
      if (request.url.endsWith('/stream')) {
        return new Response(
          new ReadableStream({
            start: (controller) => controller.enqueue(new Uint8Array(1)),
            pull: (controller) => controller.error(new Error('hunter2')),
          }),
        );
      }
      throw new Error('hunter2');
    });
    const failed = await fetch(url);
    expect(failed.status).toBe(500);
    expect(await failed.text()).not.toContain('hunter2');
    // It has begun with 200, so that the end is missing is all there is to see.
    const broken = await fetch(`${url}/stream`)
      .then((response) => response.text())
      .catch(() => undefined);
    expect(broken).toBeUndefined();
    expect((await fetch(url)).status).toBe(500);
  });

  it('lets the app answer at the level of Node first', async () => {
    const app: App = async (request) => new Response(await request.text());
    app.intercept = (request, response) => {
      if (request.url !== '/oauth/%zz') return false;
      request.pipe(response.setHeader('x-by', 'intercept'));
      return true;
    };
    const url = await serve(app);
    const post = (path: string) => fetch(url + path, { method: 'POST', body: path });
    const [intercepted, other] = [await post('/oauth/%zz'), await post('/oauth/')];
    expect([intercepted.headers.get('x-by'), await intercepted.text()]).toEqual([
      'intercept',
      '/oauth/%zz',
    ]);
    expect([other.headers.get('x-by'), await other.text()]).toEqual([null, '/oauth/']);
  });

  it('has the limits of Node', async () => {
    await serve(async () => new Response());
    const limits = ({
      headersTimeout,
      requestTimeout,
      keepAliveTimeout,
      timeout,
      maxHeadersCount,
    }: Server) => ({
      headersTimeout,
      requestTimeout,
      keepAliveTimeout,
      timeout,
      maxHeadersCount,
    });
    expect(limits(servers[0] as Server)).toEqual(limits(createServer()));
  });

  it('says that a port is taken as the system does', async () => {
    const url = await serve(async () => new Response());
    const port = Number(new URL(url).port);
    await expect(
      listen(async () => new Response(), { port, host: '127.0.0.1' }),
    ).rejects.toMatchObject({
      code: 'EADDRINUSE',
      port,
      address: '127.0.0.1',
    });
  });
});
