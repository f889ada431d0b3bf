// How the server is put on a port, on this machine: where it is deployed it has none, and what
// needs one is missing there. Routes of your own go into `app.ts`.
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import type { App } from './router.js';

/**
 * Serves `app` on a port.
 * @throws the system's error when the port cannot be had (EADDRINUSE, EACCES)
 */
export function listen(app: App, { port, host }: { port: number; host: string }): Promise<Server> {
  const server = createServer(getRequestListener(app, { hostname: host }));
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve(server));
  });
}
