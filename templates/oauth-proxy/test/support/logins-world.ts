// What logins live in: a store, a provider that does what a test says, and a clock.
import { vi } from 'vitest';
import type { Records } from '../../src/store/records.js';
import { createLogins, type Logins } from '../../src/upstream/logins.js';
import type { TokenSet } from '../../src/upstream/token-set.js';
import type { Upstream } from '../../src/upstream/upstream.js';
import type { User } from '../../src/upstream/user.js';
import { recordsInMemory } from './records-in-memory.js';

export const user: User = { subject: 'ada', emailVerified: false, claims: {} };
/** In seconds. */
export const minute = 60;
export const hour = 60 * minute;

export function createWorld() {
  /** In milliseconds. */
  let now = Date.UTC(2026, 0, 1);
  let made = 0;
  const records = recordsInMemory(() => now);

  /** @param life in seconds; without it they have no end */
  function tokens(life?: number, accessToken = 'first'): TokenSet {
    const expiresAt = life === undefined ? undefined : Math.floor(now / 1000) + life;
    return { accessToken, scopes: ['read'], ...(expiresAt !== undefined && { expiresAt }) };
  }

  const upstream = {
    canCheck: true,
    admits: vi.fn<Upstream['admits']>(() => true),
    check: vi.fn<Upstream['check']>(async () => {}),
    // Takes its time, so that others come meanwhile.
    refresh: vi.fn<Upstream['refresh']>(async (old) => {
      await new Promise((resolve) => setImmediate(resolve));
      return { ...old, ...tokens(hour, `new-${++made}`), refreshToken: `refresh-${made}` };
    }),
  };

  return {
    records,
    upstream,
    tokens,
    /** A login whose tokens last an hour and can be refreshed. */
    refreshable: () => ({ user, tokens: { ...tokens(hour), refreshToken: 'refresh-0' } }),
    now: () => now,
    /** @param seconds that pass */
    pass(seconds: number): void {
      now += seconds * 1000;
    },
    /** One of the processes that share the store. */
    instance(): Logins {
      return createLogins({
        records: records as unknown as Records,
        upstream: upstream as unknown as Upstream,
        now: () => now,
        // Those who wait take their turn behind what is already going on.
        pause: async (time) => {
          await new Promise((resolve) => setImmediate(resolve));
          now += time;
        },
      });
    },
  };
}
