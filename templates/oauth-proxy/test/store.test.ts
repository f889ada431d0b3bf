// What every store does, whichever it is.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Store } from '../src/store/store.js';
import { type OpenStores, storeKinds } from './support/store-kinds.js';

/** In seconds. */
const minute = 60;

describe.each(storeKinds)('$name', ({ isHere, open }) => {
  if (!isHere) return it.skip('is not there: TEST_REDIS_URL names none');

  let opened: OpenStores;
  let brief: number;
  let store: Store;
  let other: Store;
  let key: string;
  let group: string;

  beforeAll(async () => {
    opened = await open();
    [store, other] = opened.stores;
    brief = opened.brief;
  });
  beforeEach(() => {
    key = randomUUID();
    group = randomUUID();
  });
  afterAll(() => opened.close());

  /** Twenty callers at once, on two connections. */
  const inParallel = <T>(call: (store: Store, index: number) => Promise<T>) =>
    Promise.all(Array.from({ length: 20 }, (_, index) => call(index % 2 ? store : other, index)));
  const valuesOf = async (name: string) =>
    (await store.list(name)).map(({ value }) => value).sort();

  describe('get, set and delete', () => {
    it('keeps the last value, for every connection', async () => {
      expect(await store.get(key)).toBeUndefined();
      await store.set(key, 'one', minute);
      await store.set(key, 'two', minute);
      expect(await other.get(key)).toBe('two');
    });

    it.each(['', '{"a":"ä \u{1f511} \\" \' \n"}', 'x'.repeat(1_000_000)])(
      'gives back what it was given (%#)',
      async (value) => {
        await store.set(key, value, minute);
        expect(await store.get(key)).toBe(value);
      },
    );

    it('forgets when the time is over', async () => {
      await store.set(key, 'x', brief);
      await opened.elapse(brief);
      expect(await store.get(key)).toBeUndefined();
    });

    it('keeps nothing for no time, nor what was there', async () => {
      for (const ttl of [0, -5]) {
        await store.set(key, 'x', minute, group);
        await store.set(key, 'y', ttl, group);
        expect(await store.get(key)).toBeUndefined();
        expect(await store.list(group)).toEqual([]);
      }
    });

    it('deletes', async () => {
      await store.set(key, 'x', minute);
      await other.delete(key);
      expect(await store.get(key)).toBeUndefined();
    });
  });

  describe('claim', () => {
    it('has one winner', async () => {
      const won = await inParallel((store, index) => store.claim(key, String(index), minute));
      expect(won.filter(Boolean)).toHaveLength(1);
      expect(await store.get(key)).toBe(String(won.indexOf(true)));
    });

    it('respects what was set, until it expires', async () => {
      await store.set(key, 'x', brief, group);
      expect(await store.claim(key, 'y', minute)).toBe(false);
      await opened.elapse(brief);
      expect(await store.claim(key, 'y', minute)).toBe(true);
      await store.deleteGroup(group);
      expect(await store.get(key)).toBe('y');
    });

    it('ends by itself', async () => {
      await store.claim(key, 'x', brief);
      await opened.elapse(brief);
      const won = await inParallel((store) => store.claim(key, 'y', minute));
      expect(won.filter(Boolean)).toHaveLength(1);
    });
  });

  describe('take', () => {
    it('gives the value to one', async () => {
      await store.set(key, 'x', minute);
      const taken = await inParallel((store) => store.take(key));
      expect(taken.filter((value) => value !== undefined)).toEqual(['x']);
      expect(await store.get(key)).toBeUndefined();
    });

    it('gives nothing when the time is over', async () => {
      await store.set(key, 'x', brief);
      await opened.elapse(brief);
      expect(await store.take(key)).toBeUndefined();
    });
  });

  describe('release', () => {
    it('gives back what is one’s own, and nobody else’s', async () => {
      await store.claim(key, 'mine', minute);
      await other.release(key, 'yours');
      expect(await store.get(key)).toBe('mine');
      await store.release(key, 'mine');
      expect(await store.get(key)).toBeUndefined();
    });
  });

  describe('replace', () => {
    it('changes a value that is still the same, and nothing else about it', async () => {
      await store.set(key, 'old', brief, group);
      await store.replace(key, 'other', 'wrong');
      expect(await store.get(key)).toBe('old');
      await store.replace(key, 'old', 'new');
      expect(await store.list(group)).toEqual([{ key, value: 'new' }]);
      await opened.elapse(brief);
      expect(await store.get(key)).toBeUndefined();
    });

    it('brings nothing back', async () => {
      await store.set(key, 'old', brief);
      await opened.elapse(brief);
      await store.replace(key, 'old', 'new');
      expect(await store.get(key)).toBeUndefined();
    });
  });

  describe('renew', () => {
    it('makes a life longer', async () => {
      await store.set(key, 'x', brief, group);
      await store.renew(key, minute);
      await opened.elapse(brief);
      expect(await store.get(key)).toBe('x');
      expect(await store.list(group)).toEqual([{ key, value: 'x' }]);
    });

    it('makes no life shorter, and none anew', async () => {
      await store.set(key, 'x', minute);
      await store.renew(key, brief);
      await opened.elapse(brief);
      expect(await store.get(key)).toBe('x');

      const gone = randomUUID();
      await store.set(gone, 'x', brief);
      await opened.elapse(brief);
      await store.renew(gone, minute);
      expect(await store.get(gone)).toBeUndefined();
    });
  });

  describe('groups', () => {
    const set = (value: string, ttl = minute, name = group) =>
      store.set(`${key} ${value}`, value, ttl, name);

    it('lists and deletes what belongs to a group', async () => {
      await set('a');
      await set('b');
      await set('c', minute, randomUUID());
      expect(await store.list(group)).toContainEqual({ key: `${key} a`, value: 'a' });
      expect(await valuesOf(group)).toEqual(['a', 'b']);
      await other.deleteGroup(group);
      expect(await valuesOf(group)).toEqual([]);
      expect(await store.get(`${key} a`)).toBeUndefined();
      expect(await store.get(`${key} c`)).toBe('c');
    });

    it('does not list what has expired, been deleted or taken', async () => {
      await Promise.all([set('a', brief), set('b'), set('c'), set('d')]);
      await store.delete(`${key} b`);
      await store.take(`${key} c`);
      await opened.elapse(brief);
      expect(await valuesOf(group)).toEqual(['d']);
    });

    it('outlives the records that end first', async () => {
      await set('long');
      await set('short', brief);
      await opened.elapse(brief);
      await store.deleteGroup(group);
      expect(await store.get(`${key} long`)).toBeUndefined();
    });

    it.each(['alive', 'expired'])('loses a record that is set elsewhere (%s)', async (state) => {
      const elsewhere = randomUUID();
      await set('other');
      await set('a', brief);
      await set('b', brief);
      if (state === 'expired') await opened.elapse(brief);
      await set('a', minute, elsewhere);
      await store.set(`${key} b`, 'b', minute);
      expect(await valuesOf(group)).toEqual(['other']);
      await store.deleteGroup(group);
      expect(await store.get(`${key} b`)).toBe('b');
      expect(await valuesOf(elsewhere)).toEqual(['a']);
    });
  });

  describe('count', () => {
    it('counts everybody', async () => {
      const counted = await inParallel((store) => store.count(key, minute));
      const counts = counted.map(({ count }) => count).sort((a, b) => a - b);
      expect(counts).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    });

    it('begins a new window when the first is over, however much was counted', async () => {
      await store.count(key, brief);
      const { count, left } = await store.count(key, minute);
      expect(count).toBe(2);
      expect(left).toBeGreaterThan(0);
      expect(left).toBeLessThanOrEqual(brief);
      await opened.elapse(brief);
      expect(await store.count(key, minute)).toMatchObject({ count: 1 });
    });

    it('leaves values of the same key alone', async () => {
      await store.set(key, 'x', minute);
      expect(await store.count(key, minute)).toMatchObject({ count: 1 });
      await store.delete(key);
      expect(await store.count(key, minute)).toMatchObject({ count: 2 });
      expect(await store.get(key)).toBeUndefined();
    });
  });
});
