// One at a time, over all instances of this server.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Records } from '../store/records.js';
import { ProviderUnavailable } from './errors.js';

/**
 * How long a lock holds whose holder died, in seconds: longer than a refresh can take, which is one
 * answer for the tokens and one for the keys of their signature.
 */
const lifetime = 15;
/** How often those who wait look again, in milliseconds. */
const interval = 50;

/** Waits, in milliseconds. */
export type Pause = (time: number) => Promise<unknown>;

/**
 * Runs `action` while nobody else runs one under this name.
 * @throws {ProviderUnavailable} when its turn does not come
 */
export async function withLock<T>(
  records: Records,
  name: string,
  action: () => Promise<T>,
  pause: Pause = sleep,
): Promise<T> {
  let release = await records.lock(name, lifetime);
  // Twice the lifetime: one holder may die, and the next work as long as it can.
  for (let waited = 0; release === undefined; waited += interval) {
    if (waited > 2 * lifetime * 1000) throw new ProviderUnavailable({ reason: 'a lock is held' });
    await pause(interval);
    release = await records.lock(name, lifetime);
  }
  try {
    return await action();
  } finally {
    await release();
  }
}
