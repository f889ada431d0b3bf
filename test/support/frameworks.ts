// Servers of every framework, and what they send, byte by byte.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import fs from 'fs-extra';
import { frameworks } from '../../src/frameworks.js';
import { createProject, type Project, repository } from './project.js';

/** The first is what the others are compared with. */
export const frameworkIds = frameworks.map(({ id }) => id);

/** A built project with one more tool, `wait`. */
export async function buildProject(framework: string, ...args: string[]): Promise<Project> {
  const project = await createProject(...args, '--framework', framework);
  const tools = join(project.directory, 'src', 'tools');
  await fs.copy(join(repository, 'test/fixtures/tools/wait.ts'), join(tools, 'wait.ts'));
  const table = join(tools, 'index.ts');
  const source = await fs.readFile(table, 'utf8');
  const added = source.replace('readonly Tool[] = [', '$&wait, ');
  await fs.outputFile(table, `import { wait } from './wait.js';\n${added}`);
  await project.run('tsc', '-p', 'tsconfig.build.json');
  return project;
}

/** Sends bytes on a connection of their own, and gives back all that comes until it is closed. */
export async function send(url: string, bytes: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1').setEncoding('latin1');
  socket.write(bytes, 'latin1');
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  return answer;
}

/** What `wait` asks: holds each request until it is answered. */
export interface Gate extends AsyncDisposable {
  port: number;
  /** The next request. */
  request(): Promise<[IncomingMessage, ServerResponse]>;
}

export async function openGate(): Promise<Gate> {
  const server: Server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    request: async () => (await once(server, 'request')) as [IncomingMessage, ServerResponse],
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** What each server answers, but for the time of day. */
export async function askAll(
  servers: readonly { url: string }[],
  bytes: string,
): Promise<string[]> {
  const answers = await Promise.all(servers.map(({ url }) => send(url, bytes)));
  return answers.map((answer) => answer.replace(/^Date: .*$/gm, 'Date: now'));
}

/** The statuses of answers that came one after another. */
export function statusesOf(answer: string): number[] {
  return [...answer.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
}
