// The generated Vercel Function, built and called as the platform calls it: by its export, with
// web-standard requests. The platform itself, its routing included, is not here.
import fs from 'fs-extra';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, eras } from '../support/client.js';
import { boot, createProject, type Project, type Running } from '../support/project.js';
import { startProvider, type TestProvider } from '../support/provider.js';

/** Puts the function on a port, with the path that the client asked for, as rewrites leave it. */
const platform = `
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import server from './api/server.js';
createServer(getRequestListener(server.fetch)).listen(process.env.PORT, '127.0.0.1');`;

let project: Project;
let provider: TestProvider;
let server: Running;
beforeAll(async () => {
  const issuer = ['--issuer', 'https://login.example.com', '--scopes', 'mcp:use'];
  project = await createProject(...issuer, '--deploy', 'vercel');
  await project.run('tsc', '-p', 'tsconfig.build.json');
  // What is set at Vercel counts, and not what is for this machine.
  await fs.writeFile(`${project.directory}/.env`, 'OAUTH_SCOPES=not:this\n');
  provider = await startProvider();
  provider.faults.down = true;
  const settings = { OAUTH_ISSUER_URL: provider.issuer, OAUTH_SCOPES: 'mcp:use' };
  const command = [process.execPath, '--input-type=module', '--eval', platform];
  server = await boot(project, settings, command, () => true);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await provider[Symbol.asyncDispose]();
  await project[Symbol.asyncDispose]();
});

it('answers 503 while the provider is down, and starts when it is back', async () => {
  const ask = () => fetch(server.url, { method: 'POST' });
  expect((await ask()).status).toBe(503);
  expect(server.output()).toContain("The authorization server's metadata cannot be fetched");
  provider.faults.down = false;
  let status = 503;
  while (status === 503) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    status = (await ask()).status;
  }
  expect(status).toBe(401);
});

it.each(eras)('serves a client of era %j', async (era) => {
  const token = await provider.issueToken(server.url);
  const client = await connect(server.url, { era, token });
  const { structuredContent } = await client.callTool({ name: 'whoami', arguments: {} });
  expect(structuredContent).toMatchObject({ clientId: 'robot', scopes: ['mcp:use'] });
  await client.close();
});

it('is what every path leads to, and nothing else is public', async () => {
  const { directory } = project;
  const settings = await fs.readJson(`${directory}/vercel.json`);
  expect(settings.rewrites).toEqual([{ source: '/(.*)', destination: '/api/server' }]);
  expect(Object.keys(settings.functions)).toEqual(['api/server.js']);
  expect(await fs.readdir(`${directory}/api`)).toEqual(['server.js']);
  expect(settings.buildCommand).toBe('npm run build');
  // Without it, Vercel would serve the sources.
  expect(await fs.readdir(`${directory}/${settings.outputDirectory}`)).toEqual(['robots.txt']);
});
