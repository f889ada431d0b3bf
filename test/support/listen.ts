// Servers in this process: a framework's listen.ts with any handler.
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { App } from '../../templates/base/src/router.js';
import { buildProject } from './frameworks.js';
import type { Project } from './project.js';

type Listen = (app: App, address: { port: number; host: string }) => Promise<Server>;

interface Listening {
  url: string;
  server: Server;
}

/**
 * Builds a project before the tests of a `describe`, and ends its servers after each of them.
 * @returns what puts a handler on a port, a free one unless it is said
 */
export function setUpListen(framework: string): (app: App, port?: number) => Promise<Listening> {
  let project: Project;
  let listen: Listen;
  const servers: Server[] = [];
  beforeAll(async () => {
    project = await buildProject(framework);
    ({ listen } = await import(pathToFileURL(`${project.directory}/dist/listen.js`).href));
  });
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });
  afterAll(() => project[Symbol.asyncDispose]());

  return async (app, port = 0) => {
    const server = await listen(app, { port, host: '127.0.0.1' });
    servers.push(server);
    const address = server.address() as AddressInfo;
    return { server, url: `http://127.0.0.1:${address.port}` };
  };
}
