// Records without a store, and with a clock that tests can turn.
import type { Records } from '../../src/store/records.js';

type Kept = Pick<Records, 'get' | 'set' | 'renew' | 'delete' | 'lock'>;

/** @param now in milliseconds */
export function recordsInMemory(now: () => number): Kept & { size(): number } {
  const rows = new Map<string, { text: string; until: number }>();
  const alive = (name: string) => {
    const row = rows.get(name);
    return row !== undefined && row.until > now() ? row : undefined;
  };
  return {
    size: () => [...rows.keys()].filter(alive).length,
    async get<T>(name: string) {
      const row = alive(name);
      return row === undefined ? undefined : (JSON.parse(row.text) as T);
    },
    async set(name, value, ttl) {
      rows.set(name, { text: JSON.stringify(value), until: now() + ttl * 1000 });
    },
    async renew(name, ttl) {
      const row = alive(name);
      if (row) row.until = Math.max(row.until, now() + ttl * 1000);
    },
    async delete(name) {
      rows.delete(name);
    },
    async lock(name, ttl) {
      const key = `lock:${name}`;
      if (alive(key)) return undefined;
      const row = { text: '""', until: now() + ttl * 1000 };
      rows.set(key, row);
      return async () => {
        if (rows.get(key) === row) rows.delete(key);
      };
    },
  };
}
