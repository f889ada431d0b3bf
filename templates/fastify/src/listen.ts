// How the server is put on a port: Fastify on Node.
import { createServer, type Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import Fastify, { type FastifyReply, type FastifyRequest } from 'fastify';
import { log } from './log.js';
import type { App } from './router.js';

/**
 * Serves `app` on a port.
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
    frameworkErrors: (_error, request, reply) => void answer(request, reply),
  });
  fastify.addHook('onError', async (request, _reply, error) => {
    log.error({ err: error, path: request.routeOptions.url }, 'A request failed');
  });
  // Routes of your own go here. What none of them answers goes to the MCP server, before Fastify
  // reads the body: the MCP server does that itself.
  fastify.register(async (rest) => {
    rest.addHook('onRequest', answer);
    // Makes the hook above one for requests that no route answers, and has nothing left to do.
    rest.setNotFoundHandler(() => {});
  });

  await fastify.ready();
  const { server } = fastify;
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, host, () => resolve(server));
  });
}
