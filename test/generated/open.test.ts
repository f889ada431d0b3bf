// The variant without a login: built, booted on a port, and over stdio.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect as openSocket } from 'node:net';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import fs from 'fs-extra';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect, eras } from '../support/client.js';
import { boot, createProject, type Project, repository } from '../support/project.js';

let project: Project;
beforeAll(async () => {
  project = await createProject();
  // A tool that works for as long as a test wants.
  await fs.copy(`${repository}/test/fixtures/wait.ts`, `${project.directory}/src/tools/wait.ts`);
  const table = `${project.directory}/src/tools/index.ts`;
  const source = await fs.readFile(table, 'utf8');
  await fs.outputFile(
    table,
    `import { wait } from './wait.js';\n${source.replace('= [', '= [wait, ')}`,
  );
  await project.run('tsc', '-p', 'tsconfig.build.json');
});
afterAll(() => project[Symbol.asyncDispose]());

const boil = {
  name: 'convert_temperature',
  arguments: { value: 100, from: 'celsius', to: 'fahrenheit' },
};

describe.each(eras)('a client of era %j', (era) => {
  it('uses every part of the server over HTTP', async () => {
    await using server = await boot(project);
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

  it('uses it over stdio', async () => {
    const client = new Client(
      { name: 'test', version: '1.0.0' },
      { versionNegotiation: { mode: era } },
    );
    const args = [`${project.directory}/dist/stdio.js`];
    await client.connect(new StdioClientTransport({ command: process.execPath, args }));
    expect((await client.callTool(boil)).isError).toBeFalsy();
    await client.close();
  });
});

describe('on the wire', () => {
  /** Sends raw bytes and gives back the status line. */
  async function send(url: string, ...lines: string[]): Promise<string> {
    const { port } = new URL(url);
    const socket = openSocket(Number(port), '127.0.0.1').setEncoding('utf8');
    socket.end(`${lines.join('\r\n')}\r\nConnection: close\r\n\r\n`);
    let answer = '';
    for await (const chunk of socket) answer += chunk;
    return answer.split('\r\n')[0] ?? '';
  }

  it('other hosts are refused, but never for /health', async () => {
    await using server = await boot(project, { PUBLIC_URL: 'https://mcp.example.com' });
    const refused = await send(
      server.url,
      'POST /mcp HTTP/1.1',
      'Host: evil.example',
      'Content-Length: 0',
    );
    expect(refused).toBe('HTTP/1.1 403 Forbidden');
    const known = await send(server.url, 'GET /mcp HTTP/1.1', 'Host: mcp.example.com');
    expect(known).toBe('HTTP/1.1 405 Method Not Allowed');
    const probe = await send(server.url, 'GET /health HTTP/1.1', 'Host: 10.1.2.3:3000');
    expect(probe).toBe('HTTP/1.1 200 OK');
  });

  it('websites are refused, and local tools are not', async () => {
    await using server = await boot(project, { ALLOWED_ORIGINS: 'https://app.example.org' });
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

  it('too large a body is refused', async () => {
    await using server = await boot(project);
    const headers = { 'content-type': 'application/json' };
    const body = 'x'.repeat(5 * 1024 ** 2);
    // The server may hang up before it has read everything, which is as good a refusal.
    const response = await fetch(server.url, { method: 'POST', headers, body }).catch(
      () => undefined,
    );
    expect(response?.status ?? 413).toBe(413);
  });
});

describe('a signal', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('%s lets running requests finish', async (signal) => {
    const gate = createServer().listen(0, '127.0.0.1');
    await once(gate, 'listening');
    const { port } = gate.address() as AddressInfo;
    await using server = await boot(project);
    const client = await connect(server.url);

    const called = client.callTool({ name: 'wait', arguments: { port } });
    const [, held] = await once(gate, 'request');
    const stopped = server.stop(signal);
    await refusesConnections(server.url);
    held.end('done');
    expect((await called).content).toEqual([{ type: 'text', text: 'done' }]);
    expect(await stopped).toBe(0);
    gate.close();
  });

  it('ends the process at once when nothing runs', async () => {
    await using server = await boot(project);
    const client = await connect(server.url, { era: { pin: '2026-07-28' } });
    await client.listTools();
    expect(await server.stop()).toBe(0);
    expect(server.output()).toContain('Shutting down');
    expect(server.output()).not.toContain('Cutting off');
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
});
