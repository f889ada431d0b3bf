// An MCP client on somebody's computer: it has the browser opened, and waits for it on a port.
import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { eras } from './client.js';
import { Person } from './person.js';

export interface DesktopClient extends AsyncDisposable {
  person: Person;
  /** Where it waits. */
  redirectUrl: string;
  /** Tries to connect. @returns what it wants the browser to open */
  start(): Promise<string>;
  /** Ends when the browser has come back: the client is connected, or was refused. */
  connected(): Promise<void>;
}

/** What the browser shows in the end. */
export const lastPage = 'You can close this page';

export async function startDesktopClient(url: string, name: string): Promise<DesktopClient> {
  const events = new EventEmitter();
  const server = createServer((request, response) => {
    const address = new URL(request.url ?? '/', redirectUrl);
    if (address.pathname !== '/callback') return void response.writeHead(204).end();
    const html = `<!doctype html><html lang="en"><title>${name}</title><h1>${lastPage}</h1>`;
    response.setHeader('content-type', 'text/html').end(html);
    events.emit('callback', address);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const redirectUrl = `http://localhost:${(server.address() as AddressInfo).port}/callback`;

  async function browse(address: URL): Promise<URL> {
    const back = once(events, 'callback');
    events.emit('open', address.href);
    return (await back)[0] as URL;
  }

  const metadata = { client_name: name, redirect_uris: [redirectUrl] };
  const person = new Person('', url, eras[1], browse, metadata);
  let connecting: Promise<void> | undefined;
  return {
    person,
    redirectUrl,
    async start() {
      const opened = once(events, 'open');
      connecting = person.connect();
      // Whoever waits for the end learns of it.
      connecting.catch(() => {});
      return (await opened)[0] as string;
    },
    async connected() {
      await connecting;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
