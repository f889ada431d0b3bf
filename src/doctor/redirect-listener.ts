/** Waits on a loopback address for the end of a login (RFC 8252, section 7.3). */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RedirectListener extends AsyncDisposable {
  /** The address to register and to request. */
  readonly redirectUri: string;
  /** The parameters of the response that carries this `state`, however long it takes. */
  wait(state: string): Promise<URLSearchParams>;
}

/**
 * @param wanted a loopback address that was registered by hand; without it any port will do
 * @throws Error with `code`, when the port is taken
 */
export async function listenForRedirect(wanted?: URL): Promise<RedirectListener> {
  const server = createServer();
  const host = wanted?.hostname.replace(/^\[|\]$/g, '') ?? '127.0.0.1';
  server.listen(Number(wanted?.port ?? 0), host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const redirectUri = wanted?.href ?? `http://127.0.0.1:${port}/callback`;
  const { origin, pathname } = new URL(redirectUri);

  return {
    redirectUri,
    wait: (state) =>
      new Promise((resolve) => {
        server.on('request', (request, response) => {
          // Any page can send the browser here, to anything; only the login that was begun knows the state.
          const target = `${origin}${request.url}`;
          const url = URL.canParse(target) ? new URL(target) : undefined;
          const ours = url?.pathname === pathname && url.searchParams.get('state') === state;
          response
            .writeHead(ours ? 200 : 404, {
              'content-type': 'text/plain; charset=utf-8',
              'cache-control': 'no-store',
              connection: 'close',
            })
            .end(ours ? 'Done. You can close this page and go back to the terminal.' : 'Not here.');
          if (ours) resolve(url.searchParams);
        });
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
