// Every framework answers the same requests with the same bytes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askAll, buildProject, frameworkIds, statusesOf } from '../support/frameworks.js';
import { boot, type Project, type Running } from '../support/project.js';
import { malformed, publicHost, requests } from '../support/raw-requests.js';

const projects: Project[] = [];
const servers: Running[] = [];
beforeAll(async () => {
  for (const framework of frameworkIds) {
    const project = await buildProject(framework);
    projects.push(project);
    servers.push(await boot(project, { PUBLIC_URL: `https://${publicHost}` }));
  }
});
afterAll(async () => {
  for (const disposable of [...servers, ...projects]) await disposable[Symbol.asyncDispose]();
});

const ask = (bytes: string) => askAll(servers, bytes);

it.each(requests)('$name', async ({ bytes, status }) => {
  const [first = '', ...others] = await ask(bytes);
  expect(statusesOf(first)).toEqual([status].flat());
  for (const answer of others) expect(answer).toBe(first);
});

describe('what Node refuses', () => {
  it.each(malformed)('$name', async ({ bytes, status }) => {
    // Fastify has a body for it, the others have none.
    for (const answer of await ask(bytes)) expect(statusesOf(answer)).toEqual([status]);
  });
});

describe('HEAD', () => {
  const head = (path: string) =>
    `HEAD ${path} HTTP/1.1\r\nHost: ${publicHost}\r\nConnection: close\r\n\r\n`;

  it.each([
    ['/health', 200],
    ['/mcp', 405],
    ['/nope', 404],
  ])('%s is answered without a body', async (path, status) => {
    // Hono does not say how long the body would be.
    const [first = '', ...others] = (await ask(head(path))).map((answer) =>
      answer.replace(/^Content-Length: .*\r\n/m, ''),
    );
    expect(statusesOf(first)).toEqual([status]);
    expect(first).toMatch(/\r\n\r\n$/);
    for (const answer of others) expect(answer).toBe(first);
  });
});

it('an address that cannot be one is refused', async () => {
  const bytes = `GET http://[::1/health HTTP/1.1\r\nHost: ${publicHost}\r\nConnection: close\r\n\r\n`;
  // Express does not find it, with a page of its own.
  const statuses = (await ask(bytes)).flatMap(statusesOf);
  expect(statuses).toEqual(frameworkIds.map((id) => (id === 'express' ? 404 : 400)));
});

it('nothing of all this is an error to a server', () => {
  for (const { output } of servers) {
    for (const line of output().trim().split('\n')) {
      // One for each process, when Express reads the address above.
      if (/DEP0170|trace-deprecation/.test(line)) continue;
      expect(JSON.parse(line).level).toBeLessThan(50);
    }
  }
});
