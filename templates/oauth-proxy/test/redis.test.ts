// What is special about the store in Redis: a network in between, and groups that it cannot index.
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../src/log.js';
import { openRedisStore } from '../src/store/redis.js';
import { type Store, StoreUnavailable } from '../src/store/store.js';
import { type Gate, openGate } from './support/store-gate.js';
import { redisUrl } from './support/store-kinds.js';

const minute = 60;

describe.skipIf(redisUrl === undefined)('Redis (where TEST_REDIS_URL names one)', () => {
  let gate: Gate;
  let store: Store;
  /** Past the gate. */
  let direct: Redis;
  let key: string;

  beforeEach(async () => {
    gate = await openGate(redisUrl ?? '');
    store = await openRedisStore(gate.url);
    direct = new Redis(redisUrl ?? '');
    key = randomUUID();
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    vi.useRealTimers();
    await store.close();
    direct.disconnect();
    await gate.shut().catch(() => {});
  });

  it('works on when the connection breaks', async () => {
    await store.set(key, 'x', minute);
    gate.cut();
    await vi.waitFor(async () => expect(await store.get(key)).toBe('x'), { timeout: 5_000 });
    expect(gate.connections()).toBe(2);
  });

  it('fails soon while Redis is gone, says so once, and works when it is back', async () => {
    const [error, info] = [vi.spyOn(log, 'error'), vi.spyOn(log, 'info')];
    await store.set(key, 'x', minute);
    await gate.shut();
    for (const _ of [1, 2, 3]) {
      await expect(store.get(key)).rejects.toThrow(StoreUnavailable);
      await expect(store.take(key)).rejects.toThrow(/ECONNREFUSED|connection is lost/);
    }
    expect(error).toHaveBeenCalledOnce();
    expect(info).not.toHaveBeenCalled();
    await gate.open();
    await vi.waitFor(async () => expect(await store.get(key)).toBe('x'), { timeout: 5_000 });
    expect(info).toHaveBeenCalledOnce();
  });

  it('does not do anything twice when the answer is lost', async () => {
    gate.mute();
    const counting = store.count(key, minute);
    counting.catch(() => {});
    await vi.waitFor(async () => expect(await direct.get(`{mcp}:n:${key}`)).toBe('1'));
    gate.cut();
    await expect(counting).rejects.toThrow(StoreUnavailable);
    await vi.waitFor(() => store.get(key), { timeout: 5_000 });
    expect(await direct.get(`{mcp}:n:${key}`)).toBe('1');
  });

  it('gives up on an answer after two seconds, and on the connection after four', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    gate.mute();
    const asked = store.get(key);
    const failed = expect(asked).rejects.toThrow(StoreUnavailable);
    await vi.advanceTimersByTimeAsync(2_000);
    await failed;
    expect(gate.connections()).toBe(1);
    await vi.advanceTimersByTimeAsync(2_000);
    await vi.waitFor(() => expect(gate.connections()).toBe(2));
    expect(await store.get(key)).toBeUndefined();
  });

  it('looks for the primary when it is connected to what has become a replica', async () => {
    gate.answerNext("-READONLY You can't write against a read only replica.\r\n");
    await expect(store.set(key, 'x', minute)).rejects.toThrow('READONLY');
    await vi.waitFor(() => store.set(key, 'x', minute), { timeout: 5_000 });
    expect(gate.connections()).toBe(2);
  });

  it('works on when Redis has forgotten the scripts', async () => {
    await store.set(key, 'x', minute);
    await direct.script('FLUSH');
    await store.set(key, 'y', minute);
    expect(await store.get(key)).toBe('y');
  });

  it('writes a renewal only when the life has become shorter by one part in a hundred', async () => {
    const record = `{mcp}:r:${key}`;
    await store.set(key, 'x', 1_000);
    await direct.pexpire(record, 995_000);
    await store.renew(key, 1_000);
    expect(await direct.pttl(record)).toBeLessThanOrEqual(995_000);
    await direct.pexpire(record, 980_000);
    await store.renew(key, 1_000);
    expect(await direct.pttl(record)).toBeGreaterThan(995_000);
  });

  describe('a group', () => {
    const group = () => `{mcp}:g:${key}`;

    it('does not grow without end', async () => {
      await store.set(`${key} a`, 'a', minute, key);
      for (const value of ['b', 'c', 'd']) await store.set(`${key} ${value}`, value, 0.02, key);
      await vi.waitFor(async () => expect(await store.list(key)).toHaveLength(1));
      await store.set(`${key} e`, 'e', minute, key);
      expect(await direct.zcard(group())).toBe(2);
    });

    it('ends with the last of its records', async () => {
      await store.set(`${key} a`, 'a', 2 * minute, key);
      await store.set(`${key} b`, 'b', minute, key);
      const left = await direct.pttl(group());
      expect(left).toBeGreaterThan(minute * 1000);
      expect(left).toBeLessThanOrEqual(2 * minute * 1000);
      await store.renew(`${key} b`, 3 * minute);
      expect(await direct.pttl(group())).toBeGreaterThan(2 * minute * 1000);
    });

    it('is forgotten with the last that is deleted', async () => {
      await store.set(key, 'a', minute, key);
      await store.delete(key);
      expect(await direct.exists(group())).toBe(0);
    });
  });

  it('says why it does not open, without the password', async () => {
    const address = new URL(redisUrl ?? '');
    const refused = Object.assign(new URL(address), { username: 'nobody', password: 'hunter2' });
    const failure = openRedisStore(refused.href);
    await expect(failure).rejects.toThrow('WRONGPASS');
    await expect(failure).rejects.not.toThrow('hunter2');
  });

  it('does not open another database than the one that is asked for', async () => {
    const address = Object.assign(new URL(redisUrl ?? ''), { pathname: '/999999' });
    await expect(openRedisStore(address.href)).rejects.toThrow('DB index');
  });
});
