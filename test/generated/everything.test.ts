// The example of everything over stdio; conformance.test.ts has it over HTTP.
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eras } from '../support/client.js';
import { createProject, type Project } from '../support/project.js';

let project: Project;
beforeAll(async () => {
  project = await createProject('--example', 'everything', '--oauth');
  await project.run('tsc', '-p', 'tsconfig.build.json');
});
afterAll(() => project[Symbol.asyncDispose]());

describe.each(eras)('a client of era %j', (era) => {
  let client: Client;
  beforeAll(async () => {
    client = new Client(
      { name: 'test', version: '1.0.0' },
      { versionNegotiation: { mode: era }, capabilities: { elicitation: {} } },
    );
    const args = [`${project.directory}/dist/stdio.js`];
    await client.connect(new StdioClientTransport({ command: process.execPath, args }));
  });
  afterAll(() => client.close());

  it('is asked what a tool wants to know', async () => {
    client.setRequestHandler('elicitation/create', () => ({
      action: 'accept',
      content: { name: 'Ada' },
    }));
    const name = 'test_input_required_result_elicitation';
    const { content } = await client.callTool({ name, arguments: {} });
    expect(content).toEqual([{ type: 'text', text: 'Hello, Ada!' }]);
  });

  it('hears of a change of what it subscribed to', async () => {
    const uri = 'test://watched-resource';
    const heard = new Promise((resolve) => {
      client.setNotificationHandler('notifications/resources/updated', ({ params }) =>
        resolve(params.uri),
      );
    });
    if (era === 'legacy') await client.subscribeResource({ uri });
    else await client.listen({ resourceSubscriptions: [uri] });
    await client.callTool({ name: 'change_watched_resource', arguments: { text: 'new' } });
    expect(await heard).toBe(uri);
    const { contents } = await client.readResource({ uri });
    expect(contents[0]).toMatchObject({ text: 'new' });
  });
});
