// The stores that tests run against: SQLite always, Redis where TEST_REDIS_URL names one.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openRedisStore } from '../../src/store/redis.js';
import { openSqliteStore } from '../../src/store/sqlite.js';
import type { Store } from '../../src/store/store.js';

/** An empty one may be set to run without Redis. */
export const redisUrl = process.env.TEST_REDIS_URL || undefined;

export interface OpenStores {
  /** Two instances of the server, as it were: each has its own connection to the same data. */
  stores: [Store, Store];
  /** A short life, in seconds. */
  brief: number;
  /** Lets so many seconds pass. */
  elapse(seconds: number): Promise<void>;
  close(): Promise<void>;
}

interface StoreKind {
  name: string;
  isHere: boolean;
  open(): Promise<OpenStores>;
}

export const storeKinds: StoreKind[] = [
  { name: 'SQLite', isHere: true, open: openSqlite },
  { name: 'Redis', isHere: redisUrl !== undefined, open: openRedis },
];

async function openSqlite(): Promise<OpenStores> {
  const folder = mkdtempSync(join(tmpdir(), 'store-'));
  let clock = Date.now();
  const open = () => openSqliteStore(join(folder, 'auth.db'), () => clock);
  const stores: [Store, Store] = [await open(), await open()];
  return {
    stores,
    brief: 10,
    async elapse(seconds) {
      clock += seconds * 1000;
    },
    async close() {
      await Promise.all(stores.map((store) => store.close()));
      rmSync(folder, { recursive: true });
    },
  };
}

/** Tests use keys that nobody else has: the database may be in use. */
async function openRedis(): Promise<OpenStores> {
  const open = () => openRedisStore(redisUrl ?? '');
  const stores: [Store, Store] = [await open(), await open()];
  return {
    stores,
    // Longer than a busy machine needs for a few commands.
    brief: 0.2,
    // Redis has a clock of its own, which only time moves.
    elapse: (seconds) => pause(seconds * 1000 + 5),
    async close() {
      await Promise.all(stores.map((store) => store.close()));
    },
  };
}
