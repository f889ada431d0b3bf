// SIGTERM and SIGINT: no new requests, running ones finish, then the process ends.
import type { Server } from 'node:http';
import { log } from './log.js';

/** How long running requests have, in milliseconds; container platforms kill after 10 s or more. */
const grace = 9_000;

/** Shuts `server` down on the first signal, then `close`s; a second one ends the process at once. */
export function shutDownOnSignal(
  server: Server,
  close: () => Promise<void> = async () => {},
): void {
  const shutDown = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'Shutting down');
    for (const name of ['SIGTERM', 'SIGINT'] as const) {
      process.removeAllListeners(name).once(name, () => process.exit(1));
    }
    // Connections that are kept alive for a next request would hold the process: end them when idle.
    const idle = setInterval(() => server.closeIdleConnections(), 50);
    const late = setTimeout(() => {
      log.warn('Cutting off the requests that are still running');
      server.closeAllConnections();
    }, grace);
    server.close(() => {
      clearInterval(idle);
      clearTimeout(late);
      void close().finally(() => process.exit(0));
    });
  };
  process.once('SIGTERM', shutDown);
  process.once('SIGINT', shutDown);
}
