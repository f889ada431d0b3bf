// What a person does with the framework: routes of their own, beside the MCP server.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { connect, eras } from '../support/client.js';
import { frameworkIds } from '../support/frameworks.js';
import { boot, createProject, type Project, type Running } from '../support/project.js';

/** Written where listen.ts says that routes go: one that reads a body, and one that breaks. */
const routes = {
  hono: `
  hono.post('/echo', async (context) => context.json(await context.req.json()));
  hono.get('/broken', () => {
    throw new Error('hunter2');
  });`,
  express: `
  web.post('/echo', express.json(), (request, response) => void response.json(request.body));
  web.get('/broken', () => {
    throw new Error('hunter2');
  });`,
  fastify: `
  fastify.post('/echo', async (request) => request.body);
  fastify.get('/broken', async () => {
    throw new Error('hunter2');
  });
  fastify.addHook('onClose', async () => {
    await new Promise((resolve) => setImmediate(resolve));
    log.info('Closed by a hook');
  });`,
};

describe.each(frameworkIds)('%s', (framework) => {
  let project: Project;
  let server: Running;
  beforeAll(async () => {
    project = await createProject('--framework', framework);
    const path = join(project.directory, 'src', 'listen.ts');
    const source = await readFile(path, 'utf8');
    const place = / {2}\/\/ Routes (?:[^\n]+\n {2}\/\/ )*[^\n]+\n/;
    expect(source).toMatch(place);
    await writeFile(path, source.replace(place, `$&${routes[framework]}\n`));
    await project.run('biome', 'check', '--error-on-warnings', 'src');
    await project.run('tsc', '-p', 'tsconfig.build.json');
    server = await boot(project, { NODE_ENV: 'production' });
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await project?.[Symbol.asyncDispose]();
  });

  const post = (path: string, body: string) =>
    fetch(new URL(path, server.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });

  it('has routes of its own, which may read bodies', async () => {
    const answer = await post('/echo', '{"a":[1]}');
    expect([answer.status, await answer.json()]).toEqual([200, { a: [1] }]);
    expect((await fetch(new URL('/echo', server.url))).status).toBe(404);
    expect((await post('/echo', '{')).ok).toBe(false);
  });

  it.each(eras)('has the MCP server besides, for clients of era %j', async (era) => {
    const client = await connect(server.url, { era });
    expect((await client.listTools()).tools).toHaveLength(1);
    await client.close();
  });

  it('logs what breaks, and goes on', async () => {
    expect((await fetch(new URL('/broken', server.url))).status).toBe(500);
    await vi.waitFor(() => expect(server.output()).toContain('Error: hunter2'));
    expect((await post('/echo', '1')).status).not.toBe(404);
    expect((await fetch(new URL('/health', server.url))).status).toBe(200);
  });

  it('ends well', async () => {
    expect(await server.stop()).toBe(0);
    const hooked = server.output().includes('Closed by a hook');
    expect(hooked).toBe(framework === 'fastify');
  });
});
