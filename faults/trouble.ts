/** What goes wrong with a provider, whichever it is: everything may be changed while it runs. */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

export interface Trouble {
  /** Connections are cut. */
  cut: boolean;
  /** Milliseconds before each answer. */
  delay: number;
  /** What a path answers instead. */
  lie(path: string): Lie | undefined;
}

export interface Lie {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
}

/** @param spared the path that works all the time, because only the run itself uses it */
export function makeTrouble(server: Server, spared?: string): Trouble {
  const trouble: Trouble = { cut: false, delay: 0, lie: () => undefined };
  const [usual] = server.listeners('request');
  if (usual === undefined) throw new Error('Nobody answers there');
  server.removeAllListeners('request');
  server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    const [path = ''] = (request.url ?? '').split('?');
    if (path === spared) return usual.call(server, request, response);
    if (trouble.cut) return request.socket.destroy();
    if (trouble.delay > 0) await new Promise((resolve) => setTimeout(resolve, trouble.delay));
    const lie = trouble.lie(path);
    if (lie === undefined) return usual.call(server, request, response);
    const { status = 200, headers = {}, body = '' } = lie;
    return response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  });
  return trouble;
}
