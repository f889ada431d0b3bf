// A reverse proxy before the instances of a server, which gives each request to the next one.
import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';

interface Certificate {
  key: string;
  cert: string;
}

export interface Balancer extends AsyncDisposable {
  /** PUBLIC_URL of the instances. */
  url: string;
  /** The ports that the instances listen on; to be filled when they do. */
  ports: number[];
  /** Which request went where: `POST /oauth/token`, and the place of the instance in `ports`. */
  served: { request: string; instance: number }[];
}

/** @param certificate with which it speaks https */
export async function startBalancer(certificate?: Certificate): Promise<Balancer> {
  const server = certificate ? createSecureServer(certificate) : createServer();
  server.on('request', (incoming, response) => pass(incoming, response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const ports: number[] = [];
  const served: Balancer['served'] = [];
  let turn = 0;

  /** @param tries how many instances have refused the connection: the dead are passed over */
  function pass(incoming: IncomingMessage, response: ServerResponse, tries = 0): void {
    const instance = turn++ % ports.length;
    const { method, url = '/', socket } = incoming;
    const headers = { ...incoming.headers, 'x-forwarded-for': socket.remoteAddress };
    const passed = request(
      { host: '127.0.0.1', port: ports[instance], method, path: url, headers, agent: false },
      (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(response).once('close', () => answer.destroy());
      },
    );
    passed.once('socket', (connection) =>
      connection.once('connect', () => {
        served.push({ request: `${method} ${url.split('?')[0]}`, instance });
        incoming.pipe(passed);
      }),
    );
    passed.once('error', (error: NodeJS.ErrnoException) => {
      const isDead = error.code === 'ECONNREFUSED' && tries + 1 < ports.length;
      if (isDead) pass(incoming, response, tries + 1);
      else if (response.headersSent) response.destroy();
      else response.writeHead(502).end();
    });
  }

  return {
    url: `http://localhost:${port}`,
    ports,
    served,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
