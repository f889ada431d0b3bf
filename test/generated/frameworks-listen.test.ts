// What each framework hands on to a web-standard handler, and what it sends of its answers.
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { App } from '../../templates/base/src/router.js';
import { frameworkIds, send } from '../support/frameworks.js';
import { setUpListen } from '../support/listen.js';

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(frameworkIds)('%s', (framework) => {
  const serve = setUpListen(framework);

  it('hands on all of a request', async () => {
    const { url } = await serve(async (request) =>
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
    const { url } = await serve(async () => new Response('ä', { status: 418, headers }));
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

  it('survives a handler that fails, and tells nobody why', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { url } = await serve(async (request) => {
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
    const { url } = await serve(app);
    const post = (path: string) => fetch(url + path, { method: 'POST', body: path });
    const [intercepted, other] = [await post('/oauth/%zz'), await post('/oauth/')];
    expect([intercepted.headers.get('x-by'), await intercepted.text()]).toEqual([
      'intercept',
      '/oauth/%zz',
    ]);
    expect([other.headers.get('x-by'), await other.text()]).toEqual([null, '/oauth/']);
  });

  it('leaves it to others when the app is closed', async () => {
    const close = vi.fn(async () => {});
    const app: App = Object.assign(async () => new Response(), { close });
    const { server } = await serve(app);
    server.close();
    await once(server, 'close');
    expect(close).not.toHaveBeenCalled();
    await app.close?.();
    expect(close).toHaveBeenCalledOnce();
  });

  it('has the limits of Node', async () => {
    const { server } = await serve(async () => new Response());
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
    expect(limits(server)).toEqual(limits(createServer()));
  });

  it('says that a port is taken as the system does', async () => {
    const { url } = await serve(async () => new Response());
    const port = Number(new URL(url).port);
    await expect(serve(async () => new Response(), port)).rejects.toMatchObject({
      code: 'EADDRINUSE',
      port,
      address: '127.0.0.1',
    });
  });
});
