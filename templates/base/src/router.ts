// Which path is answered by what; anything that throws becomes a 500 that says nothing.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from './log.js';

export type Handler = (request: Request) => Promise<Response>;

/** What is put on the port. */
export type App = Handler & {
  /** Sees each request first, as Node has it, and says whether it answers it itself. */
  intercept?: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Gives back what the app holds, after its last request. */
  close?: () => Promise<void>;
};

/** Says that the process is up. It has no guard, so that any probe can ask. */
export const health: Handler = async () => Response.json({ status: 'ok' });

/**
 * Answers requests by exact path, with or without a trailing slash: a redirect from `/mcp/` to
 * `/mcp` would make clients drop their token.
 */
export function createRouter(routes: Record<string, Handler>): Handler {
  const table = new Map(Object.entries(routes));
  return async (request) => {
    // It is made from the Host header, where names pass that no URL can have, such as `256.1.1.1`.
    if (!URL.canParse(request.url)) {
      return Response.json(
        { error: 'invalid_request', error_description: 'The Host is not the name of a server' },
        { status: 400 },
      );
    }
    const { pathname } = new URL(request.url);
    const handler = table.get(pathname) ?? table.get(pathname.replace(/\/$/, ''));
    if (handler === undefined) {
      return Response.json(
        { error: 'not_found', error_description: 'Nothing is here' },
        { status: 404 },
      );
    }
    try {
      return await handler(request);
    } catch (error) {
      if (request.signal.aborted) return new Response(null, { status: 499 });
      log.error({ err: error, path: pathname }, 'A request failed');
      return Response.json({ error: 'server_error' }, { status: 500 });
    }
  };
}
