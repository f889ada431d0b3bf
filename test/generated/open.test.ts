// The variant without a login over stdio; frameworks.test.ts has it over HTTP.
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { eras } from '../support/client.js';
import { createProject, type Project } from '../support/project.js';

let project: Project;
beforeAll(async () => {
  project = await createProject();
  await project.run('tsc', '-p', 'tsconfig.build.json');
});
afterAll(() => project[Symbol.asyncDispose]());

it.each(eras)('a client of era %j uses it', async (era) => {
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    { versionNegotiation: { mode: era } },
  );
  const args = [`${project.directory}/dist/stdio.js`];
  await client.connect(new StdioClientTransport({ command: process.execPath, args }));
  const boil = { value: 100, from: 'celsius', to: 'fahrenheit' };
  const answer = await client.callTool({ name: 'convert_temperature', arguments: boil });
  expect(answer.structuredContent).toEqual({ value: 212, scale: 'fahrenheit' });
  await client.close();
});
