// How the server is put on a port: Hono on Node.
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import type { App } from './router.js';

/**
 * Serves `app` on a port.
 * @throws the system's error when the port cannot be had (EADDRINUSE, EACCES)
 */
export function listen(app: App, { port, host }: { port: number; host: string }): Promise<Server> {
  const hono = new Hono();
  // Routes of your own go here, above the line that gives everything else to the MCP server.
  hono.all('*', (context) => app(context.req.raw));

  const answer = getRequestListener(hono.fetch, { hostname: host });
  const server = createServer((request, response) => {
    if (!app.intercept?.(request, response)) void answer(request, response);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve(server));
  });
}
