// How the server is put on a port: Hono on Node.
import type { Server } from 'node:http';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import type { Handler } from './router.js';

/**
 * Serves `handle` on a port.
 * @throws the system's error when the port cannot be had (EADDRINUSE, EACCES)
 */
export function listen(
  handle: Handler,
  { port, host }: { port: number; host: string },
): Promise<Server> {
  const app = new Hono();
  // Routes of your own go here, above the line that gives everything else to the MCP server.
  app.all('*', (context) => handle(context.req.raw));

  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port, hostname: host }, () =>
      resolve(server),
    ) as Server;
    server.once('error', reject);
  });
}
