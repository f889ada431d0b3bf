// A server without a login, built and booted with each framework, and spoken to over HTTP.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect as openSocket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, eras } from '../support/client.js';
import { buildProject, frameworkIds, openGate } from '../support/frameworks.js';
import { boot, type Project, type Running, StartFailure } from '../support/project.js';

const boil = {
  name: 'convert_temperature',
  arguments: { value: 100, from: 'celsius', to: 'fahrenheit' },
};

describe.each(frameworkIds)('%s', (framework) => {
  let project: Project;
  let server: Running;
  beforeAll(async () => {
    project = await buildProject(framework);
    server = await boot(project, { ALLOWED_ORIGINS: 'https://app.example.org' });
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await project?.[Symbol.asyncDispose]();
  });

  it.each(eras)('a client of era %j uses every part of the server', async (era) => {
    const client = await connect(server.url, { era });
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain(
      'convert_temperature',
    );
    expect((await client.callTool(boil)).structuredContent).toEqual({
      value: 212,
      scale: 'fahrenheit',
    });
    const [resource] = (await client.listResources()).resources;
    const { contents } = await client.readResource({ uri: resource?.uri ?? '' });
    expect(contents[0]).toMatchObject({ mimeType: 'application/json' });
    const [prompt] = (await client.listPrompts()).prompts;
    const { messages } = await client.getPrompt({
      name: prompt?.name ?? '',
      arguments: { value: '1', scale: 'kelvin' },
    });
    expect(messages).toHaveLength(1);
    await client.close();
  });

  it.each(eras)('a client of era %j hears of progress while a tool works', async (era) => {
    await using gate = await openGate();
    const client = await connect(server.url, { era });
    const asked = gate.request();
    let hear = (_progress: number) => {};
    const heard = new Promise<number>((resolve) => {
      hear = resolve;
    });
    const called = client.callTool(
      { name: 'wait', arguments: { port: gate.port } },
      { onprogress: ({ progress }) => hear(progress) },
    );
    expect(await heard).toBe(1);
    const [, held] = await asked;
    held.end('done');
    expect((await called).content).toEqual([{ type: 'text', text: 'done' }]);
    await client.close();
  });

  it.each([false, true])(
    'a tool is told that its caller has gone, streaming: %s',
    async (streams) => {
      await using gate = await openGate();
      await using server = await boot(project);
      const leaving = new AbortController();
      const params = {
        name: 'wait',
        arguments: { port: gate.port },
        ...(streams && { _meta: { progressToken: 1 } }),
      };
      const asked = gate.request();
      const answer = fetch(server.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json, text/event-stream',
        },
        body: JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params }),
        signal: leaving.signal,
      });
      // Of a stream there is a beginning before the tool is done.
      const response = streams ? await answer : undefined;
      const [, held] = await asked;
      const gone = once(held, 'close');
      leaving.abort();
      await expect(response?.text() ?? answer).rejects.toThrow('aborted');
      await gone;
    },
  );

  it('websites are refused, and local tools are not', async () => {
    const preflight = (origin: string) =>
      fetch(server.url, {
        method: 'OPTIONS',
        headers: { origin, 'access-control-request-headers': 'authorization,mcp-method' },
      });
    expect((await preflight('https://evil.example')).status).toBe(403);
    for (const origin of ['http://localhost:6274', 'https://app.example.org']) {
      const response = await preflight(origin);
      expect(response.status).toBe(204);
      expect(response.headers.get('access-control-allow-origin')).toBe(origin);
      expect(response.headers.get('access-control-allow-headers')).toBe(
        'authorization, mcp-method',
      );
    }
  });

  it('a path of PUBLIC_URL may be kept or taken away by a proxy', async () => {
    await using server = await boot(project, { PUBLIC_URL: 'https://example.com/a/b' });
    for (const path of ['/mcp', '/mcp/', '/a/b/mcp', '/a/b/mcp/']) {
      const client = await connect(new URL(path, server.url).href);
      expect((await client.callTool(boil)).isError).toBeFalsy();
      await client.close();
    }
    expect((await fetch(new URL('/a/mcp', server.url))).status).toBe(404);
  });

  it('a taken port is an error that says what to do', async () => {
    const other = createServer((_request, response) => void response.writeHead(404).end());
    await once(other.listen(0, '127.0.0.1'), 'listening');
    const port = String((other.address() as AddressInfo).port);
    const failure = await boot(project, { PORT: port }).catch((error: unknown) => error);
    if (!(failure instanceof StartFailure)) throw new Error('The server did start');
    expect([failure.status, failure.output]).toEqual([
      1,
      `\nPort ${port} is already in use on 127.0.0.1.\nStop what listens there, or set PORT to another one, and with it every setting that names the port.\n\n`,
    ]);
    other.close();
  });

  it.each(['SIGTERM', 'SIGINT'] as const)('%s lets running requests finish', async (signal) => {
    await using gate = await openGate();
    await using server = await boot(project);
    const client = await connect(server.url);
    const asked = gate.request();
    const called = client.callTool({ name: 'wait', arguments: { port: gate.port } });
    const [, held] = await asked;
    const stopped = server.stop(signal);
    await refusesConnections(server.url);
    held.end('done');
    expect((await called).content).toEqual([{ type: 'text', text: 'done' }]);
    expect(await stopped).toBe(0);
  });

  it('a signal ends the process at once when nothing runs', async () => {
    await using server = await boot(project);
    const client = await connect(server.url, { era: { pin: '2026-07-28' } });
    await client.listTools();
    expect(await server.stop()).toBe(0);
    expect(server.output()).toContain('Shutting down');
    expect(server.output()).not.toContain('Cutting off');
  });
});

async function refusesConnections(url: string): Promise<void> {
  const { port } = new URL(url);
  for (;;) {
    const socket = openSocket(Number(port), '127.0.0.1');
    const outcome = await new Promise((resolve) => {
      socket.once('connect', () => resolve('open')).once('error', () => resolve('refused'));
    });
    socket.destroy();
    if (outcome === 'refused') return;
  }
}
