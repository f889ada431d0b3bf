// How the server is put on a port: Express on Node.
import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import express, { type Express } from 'express';
import type { App } from './router.js';

/**
 * Serves `app` on a port. The adapter of @hono/node-server makes the web-standard requests, as it
 * does in the MCP SDK: of those measured it takes the least time. Hono itself is only its peer.
 * @throws the system's error when the port cannot be had (EADDRINUSE, EACCES)
 */
export function listen(app: App, { port, host }: { port: number; host: string }): Promise<Server> {
  const web = express().disable('x-powered-by');
  // Routes of your own go here. Give a body parser to the route that needs it, not to all of them:
  // the MCP server reads its bodies itself.

  const answer = getRequestListener(app, { hostname: host });
  // Everything else goes to the MCP server.
  web.use((request, response) => void answer(request, response));

  const server = createServer(nodeClasses(web), (request, response) => {
    if (!app.intercept?.(request, response)) web(request, response);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve(server));
  });
}

/**
 * Requests and responses that are Express's own from the start. It would otherwise change their
 * prototypes when it gets them, which slows down all that Node does with them afterwards: an MCP
 * request would cost a third more.
 */
function nodeClasses(web: Express) {
  class Incoming extends IncomingMessage {}
  class Outgoing extends ServerResponse {}
  web.request = Object.setPrototypeOf(Incoming.prototype, web.request);
  web.response = Object.setPrototypeOf(Outgoing.prototype, web.response);
  return { IncomingMessage: Incoming, ServerResponse: Outgoing };
}
