// How the server is put on a port: Fastify on Node.
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { log } from './log.js';
import type { App } from './router.js';

/**
 * Serves `app` on a port. The adapter of @hono/node-server makes the web-standard requests, as it
 * does in the MCP SDK: of those measured it takes the least time. Hono itself is only its peer.
 * @throws the system's error when the port cannot be had (EADDRINUSE, EACCES)
 */
export async function listen(
  app: App,
  { port, host }: { port: number; host: string },
): Promise<Server> {
  const listener = getRequestListener(app, { hostname: host });
  const answer = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack();
    await listener(request.raw, reply.raw);
  };

  const fastify = Fastify({
    serverFactory: (route) =>
      createServer((request, response) => {
        if (!app.intercept?.(request, response)) route(request, response);
      }),
    // A path that Fastify cannot read is none of its routes.
    frameworkErrors: (_error, request, reply) => void answer(request, reply),
  });
  fastify.addHook('onError', async ({ routeOptions }, _reply, error) => {
    if ((error.statusCode ?? 500) < 500) return;
    log.error({ err: error, path: routeOptions.url }, 'A request failed');
  });
  // Routes and plugins of your own go here.

  fastify.register(async (rest) => {
    // Everything else goes to the MCP server, before Fastify reads the body.
    rest.addHook('onRequest', answer);
    // Without a handler, the hook would not be one for what no route answers.
    rest.setNotFoundHandler(() => {});
  });
  await fastify.ready();

  const { server } = fastify;
  // After the last request, plugins give back what they hold (`onClose`), and then the app does.
  const { close } = app;
  app.close = async () => {
    await fastify.close();
    await close?.();
  };
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve(server));
  });
}
