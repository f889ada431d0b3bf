// The development identity provider: a real OpenID provider on loopback, for the dev script and
// tests. Whoever can reach it can log in as anybody, so it never leaves this machine.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { StartupError } from '../src/settings.js';
import { createProvider } from './provider.js';

export interface IdentityProviderOptions {
  /** A plain loopback origin such as `http://localhost:3001`; port 0 takes a free port. */
  issuer: string;
  /** The MCP endpoint: the only resource that tokens are issued for (RFC 8707). */
  resource: string;
  /** The `aud` of access tokens; default: the resource. */
  audience?: string;
  /** Every scope of the server → what it allows, in words. */
  scopes: Record<string, string>;
  /** What a client gets that asks for no scope. */
  defaultScopes: readonly string[];
  /** Where keys, users and registrations are kept. */
  directory: string;
  log?: (line: string) => void;
}

export interface IdentityProvider {
  /** The issuer, with the port it really has. */
  issuer: string;
  close(): Promise<void>;
}

/**
 * Starts the identity provider on 127.0.0.1 and, where there is IPv6, on ::1, so that `localhost`
 * works for every client. It does not keep the process alive.
 * @throws {StartupError} when the port cannot be had, and with NODE_ENV=production
 */
export async function startIdentityProvider(
  options: IdentityProviderOptions,
): Promise<IdentityProvider> {
  if (process.env.NODE_ENV === 'production') {
    throw new StartupError(
      'The development identity provider lets anybody log in as anybody and refuses to run with NODE_ENV=production.\nUnset NODE_ENV, or set OAUTH_ISSUER_URL to your real provider and use the start script.',
    );
  }
  if (!isLoopbackOrigin(options.issuer)) {
    throw new Error(`The issuer must be like http://localhost:3001, but is ${options.issuer}`);
  }
  const { hostname, port: wanted } = new URL(options.issuer);
  let handle: Handler = (_request, response) => void response.writeHead(503).end();
  const servers = await listen(Number(wanted || 80), (request, response) =>
    handle(request, response),
  ).catch((error: Error) => {
    throw new StartupError(
      `The development identity provider cannot be at ${options.issuer}: ${error.message}.\nStop what listens there, perhaps that of another project, or set OAUTH_ISSUER_URL to another port, such as http://localhost:3101.`,
    );
  });
  const stop = async () => void (await Promise.all(servers.map(close)));
  try {
    const { port } = servers[0].address() as AddressInfo;
    const { origin: issuer, host } = new URL(`http://${hostname}:${port}`);
    const callback = (await createProvider(issuer, options)).callback();
    handle = (request, response) => {
      // Another name that leads here is a trick of a website (DNS rebinding); so is a whole URL in
      // the request line, which would win over Host.
      const foreign = !isLoopbackOrigin(`http://${request.headers.host}`);
      if (foreign || !request.url?.startsWith('/')) {
        response.writeHead(403).end('Only for this computer.');
        return;
      }
      // oidc-provider builds its addresses from Host; there is to be one, the issuer's.
      request.headers.host = host;
      // A restart is not to break a connection that somebody keeps for later.
      response.setHeader('Connection', 'close');
      void callback(request, response);
    };
    return { issuer, close: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Whether `url` is http on this machine without a path: what this provider can stand in for. */
export function isLoopbackOrigin(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname, href, origin } = new URL(url);
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(hostname);
  return protocol === 'http:' && local && href === `${origin}/`;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function listen(port: number, handler: Handler): Promise<[Server, ...Server[]]> {
  const first = await listenOn('127.0.0.1', port, handler);
  try {
    const taken = (first.address() as AddressInfo).port;
    return [first, await listenOn('::1', taken, handler)];
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') return [first];
    await close(first);
    throw error;
  }
}

function listenOn(host: string, port: number, handler: Handler): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(handler);
    server.once('error', reject).listen(port, host, () => resolve(server.unref()));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
