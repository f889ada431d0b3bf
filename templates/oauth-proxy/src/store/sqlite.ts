// The store in one file: SQLite, for the instances of one machine.
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'libsql';
import { log } from '../log.js';
import { nearly, patience, type Store, StoreUnavailable } from './store.js';

/** How often rows that have expired are deleted, in milliseconds. */
const sweepInterval = 60_000;
/** How many of them at a time: the driver is synchronous, and requests wait meanwhile. */
const sweepSize = 1_000;

const schema = `
  CREATE TABLE IF NOT EXISTS records (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    member_of TEXT,
    expires INTEGER NOT NULL -- milliseconds since 1970
  );
  CREATE INDEX IF NOT EXISTS records_by_group ON records (member_of) WHERE member_of IS NOT NULL;
  CREATE INDEX IF NOT EXISTS records_by_expiry ON records (expires);
`;

/** Each is one statement, and so one transaction: any number of processes may use the file. */
const statements = {
  get: 'SELECT value FROM records WHERE key = ? AND expires > ?',
  set: `INSERT INTO records (key, value, expires, member_of) VALUES (?, ?, ?, ?) ON CONFLICT (key)
    DO UPDATE SET value = excluded.value, expires = excluded.expires, member_of = excluded.member_of`,
  claim: `INSERT INTO records (key, value, expires) VALUES (?, ?, ?) ON CONFLICT (key)
    DO UPDATE SET value = excluded.value, expires = excluded.expires, member_of = NULL
    WHERE records.expires <= ?`,
  take: 'DELETE FROM records WHERE key = ? AND expires > ? RETURNING value',
  replace: 'UPDATE records SET value = ? WHERE key = ? AND value = ?',
  // Reading first spares the lock that every UPDATE takes, also one that changes nothing.
  isShort: 'SELECT 1 FROM records WHERE key = ? AND expires > ? AND expires < ?',
  renew: 'UPDATE records SET expires = ? WHERE key = ? AND expires > ?',
  delete: 'DELETE FROM records WHERE key = ?',
  release: 'DELETE FROM records WHERE key = ? AND value = ?',
  list: 'SELECT key, value FROM records WHERE member_of = ? AND expires > ?',
  deleteGroup: 'DELETE FROM records WHERE member_of = ?',
  count: `INSERT INTO records (key, value, expires) VALUES (?, 1, ?) ON CONFLICT (key)
    DO UPDATE SET
      value = CASE WHEN expires > ?3 THEN CAST(value AS INTEGER) + 1 ELSE 1 END,
      expires = CASE WHEN expires > ?3 THEN expires ELSE excluded.expires END
    RETURNING value, expires`,
  sweep: `DELETE FROM records WHERE rowid IN
    (SELECT rowid FROM records WHERE expires <= ? LIMIT ${sweepSize})`,
};

/**
 * Opens the store in `file`. It is created when it is missing, as is its folder, and only this user
 * may read them.
 * @param now the clock, in milliseconds since 1970
 * @throws what the file system or SQLite has against it
 */
export async function openSqliteStore(file: string, now: () => number = Date.now): Promise<Store> {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // SQLite gives its other files, the log and its index, the mode of this one.
  closeSync(openSync(file, 'a', 0o600));
  const database = new Database(file, { timeout: patience });
  await setUp(database);

  const prepared = Object.fromEntries(
    Object.entries(statements).map(([name, sql]) => [name, database.prepare(sql)]),
  ) as Record<keyof typeof statements, Database.Statement>;

  const later = (ttl: number) => Math.ceil(now() + ttl * 1000);
  const run = async (name: keyof typeof statements, ...values: unknown[]) =>
    attempt(() => prepared[name].run(...values).changes);
  const first = async <Row>(name: keyof typeof statements, ...values: unknown[]) =>
    attempt(() => prepared[name].get(...values) as Row | undefined);

  let sweeping: NodeJS.Timeout;
  const sweep = () => {
    let deleted = 0;
    try {
      deleted = prepared.sweep.run(now()).changes;
    } catch (error) {
      log.warn({ reason: (error as Error).message }, 'Deleting what has expired failed');
    }
    sweeping = setTimeout(sweep, deleted < sweepSize ? sweepInterval : 0).unref();
  };
  sweep();

  return {
    get: async (key) => (await first<{ value: string }>('get', record(key), now()))?.value,
    async set(key, value, ttl, group) {
      await run('set', record(key), value, later(ttl), group ?? null);
    },
    claim: async (key, value, ttl) =>
      (await run('claim', record(key), value, later(ttl), now())) === 1,
    take: async (key) => (await first<{ value: string }>('take', record(key), now()))?.value,
    async replace(key, value, next) {
      await run('replace', next, record(key), value);
    },
    async renew(key, ttl) {
      const short = await first('isShort', record(key), now(), now() + ttl * 1000 * nearly);
      if (short !== undefined) await run('renew', later(ttl), record(key), now());
    },
    async delete(key) {
      await run('delete', record(key));
    },
    async release(key, value) {
      await run('release', record(key), value);
    },
    list: async (group) =>
      attempt(() => prepared.list.all(group, now()) as { key: string; value: string }[]).map(
        ({ key, value }) => ({ key: key.slice(record('').length), value }),
      ),
    async deleteGroup(group) {
      await run('deleteGroup', group);
    },
    async count(key, ttl) {
      const row = await first<{ value: string; expires: number }>(
        'count',
        counter(key),
        later(ttl),
        now(),
      );
      if (row === undefined) throw new StoreUnavailable('SQLite does not say what it counted');
      return { count: Number(row.value), left: (row.expires - now()) / 1000 };
    },
    async close() {
      clearTimeout(sweeping);
      try {
        // After this the file alone is the whole state, and may be copied.
        database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      } catch (error) {
        // It is in the log beside the file, too, and nothing is lost.
        log.warn({ reason: (error as Error).message }, 'The database was closed with its log');
      }
      database.close();
    },
  };
}

/** How often opening is tried while another process sets the new file up, and how far apart. */
const tries = 40;
const betweenTries = patience / tries;

async function setUp(database: Database.Database): Promise<void> {
  for (let left = tries; ; left--) {
    try {
      // Readers and the writer do not wait for each other, and a crash leaves a whole file.
      database.exec('PRAGMA journal_mode = WAL');
      // No waiting for the disk at each write: after a power cut the last moments may be missing.
      database.exec('PRAGMA synchronous = NORMAL');
      database.exec(schema);
      return;
    } catch (error) {
      // To change the journal mode, unlike all else, SQLite does not wait for others.
      if ((error as { code?: string }).code !== 'SQLITE_BUSY' || left === 0) throw error;
      await pause(betweenTries);
    }
  }
}

const record = (key: string) => `r:${key}`;
const counter = (key: string) => `n:${key}`;

function attempt<T>(action: () => T): T {
  try {
    return action();
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    throw new StoreUnavailable(`SQLite cannot do it: ${message} (${code ?? 'no code'})`);
  }
}
