// Which connections have been ended, known without asking anybody while a request waits.
import { log } from '../log.js';
import type { Records } from '../store/records.js';
import { lifetimes } from './lifetimes.js';

export interface Revocations {
  /** Whether the connection has been ended here, or on another instance a few seconds ago. */
  has(connection: string): boolean;
  /** Ends a connection here at once, and on other instances with their next look. */
  add(connection: string): Promise<void>;
  /** Looks for what other instances have ended. */
  refresh(): Promise<void>;
  close(): void;
}

/** How often other instances' endings are looked for, in milliseconds. */
const interval = 3_000;
const group = 'revocations';
/** In seconds. After that, no access token of the connection is left that could be refused. */
const lifetime = lifetimes.accessToken + 60;

/** Follows what is ended, beginning with what ended before this start. */
export async function followRevocations(records: Records, now = Date.now): Promise<Revocations> {
  const ended = new Map<string, number>();
  const remember = (connection: string) => ended.set(connection, now() / 1000 + lifetime);

  async function refresh(): Promise<void> {
    for (const connection of await records.list<string>(group)) {
      if (!ended.has(connection)) remember(connection);
    }
    for (const [connection, until] of ended) {
      if (until < now() / 1000) ended.delete(connection);
    }
  }

  await refresh();
  const timer = setInterval(() => {
    refresh().catch((error: Error) => {
      log.warn(
        { reason: error.message },
        'Looking for ended logins failed; it will be tried again',
      );
    });
  }, interval).unref();

  return {
    has: (connection) => ended.has(connection),
    async add(connection) {
      remember(connection);
      await records.set(`revocation:${connection}`, connection, lifetime, group);
    },
    refresh,
    close: () => clearInterval(timer),
  };
}
