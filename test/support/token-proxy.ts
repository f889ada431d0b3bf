// Adds a token to every request, for clients that know no login.
import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface TokenProxy extends AsyncDisposable {
  /** The MCP endpoint, where nobody needs a token. */
  url: string;
}

/** @param endpoint of the protected server, on loopback */
export async function startTokenProxy(endpoint: string, token: string): Promise<TokenProxy> {
  const { port, pathname } = new URL(endpoint);
  const proxy = createServer((incoming, answer) => {
    const { method, url: path, headers } = incoming;
    const forwarded = request(
      // The Host is left as it is: whether it may be that is for the server to say.
      {
        ...{ host: '127.0.0.1', port, method, path },
        headers: { ...headers, authorization: `Bearer ${token}` },
      },
      (response) => {
        answer.writeHead(response.statusCode ?? 502, response.headers).flushHeaders();
        response.pipe(answer);
      },
    );
    incoming.pipe(forwarded);
    forwarded.on('error', () => answer.destroy());
    answer.on('close', () => forwarded.destroy());
  }).listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  return {
    url: `http://localhost:${(proxy.address() as AddressInfo).port}${pathname}`,
    async [Symbol.asyncDispose]() {
      proxy.closeAllConnections();
      proxy.close();
      await once(proxy, 'close');
    },
  };
}
