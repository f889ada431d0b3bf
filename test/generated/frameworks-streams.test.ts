// No framework holds up what comes and goes in pieces, and each notices who has gone.
import { once } from 'node:events';
import { request as openRequest } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { frameworkIds } from '../support/frameworks.js';
import { setUpListen } from '../support/listen.js';

/** Something that will happen, and what makes it happen. */
function foresee<Value = void>(): [Promise<Value>, (value: Value) => void] {
  let happen: (value: Value) => void = () => {};
  const happened = new Promise<Value>((resolve) => {
    happen = resolve;
  });
  return [happened, happen];
}

describe.each(frameworkIds)('%s', (framework) => {
  const serve = setUpListen(framework);

  it('sends what there is of a stream', async () => {
    const [released, proceed] = foresee();
    const { url } = await serve(
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
    const { url } = await serve(async (request) => {
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
    const { url } = await serve(async (request) => {
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
    const { url } = await serve(async (request) => {
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
    const { url } = await serve(
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
    const { url } = await serve(async (request) => {
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
});
