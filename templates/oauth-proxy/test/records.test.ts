// What the store gets to see, and what is believed that comes from it.
import { createCipheriv, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../src/log.js';
import { type Records, sealRecords } from '../src/store/records.js';
import { openSqliteStore } from '../src/store/sqlite.js';
import type { Store } from '../src/store/store.js';

const minute = 60;
const current = randomBytes(32);
const previous = randomBytes(32);

let folder: string;
let clock: number;
let store: Store;
let records: Records;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'records-'));
  clock = Date.now();
  store = await openSqliteStore(join(folder, 'auth.db'), () => clock);
  records = sealRecords(store, [current]);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await store.close();
  rmSync(folder, { recursive: true });
});

/** Watches what reaches the store. */
function watch() {
  const seen: unknown[] = [];
  for (const verb of Object.keys(store) as (keyof Store)[]) {
    const original = store[verb] as (...values: unknown[]) => unknown;
    vi.spyOn(store, verb).mockImplementation(((...values: unknown[]) => {
      seen.push(...values);
      return original(...values);
    }) as never);
  }
  return () => JSON.stringify(seen);
}

/** The row behind a name: its key in the store, and its sealed value. */
async function rowOf(name: string) {
  const get = vi.spyOn(store, 'get');
  await records.get(name);
  const [key = ''] = get.mock.calls.at(-1) ?? [];
  get.mockRestore();
  return { key, value: (await store.get(key)) ?? '' };
}

it('keeps JSON values, with the verbs of the store', async () => {
  const value = { list: [1, 'ä', null], nested: { yes: true } };
  await records.set('a', value, minute, 'group');
  expect(await records.get('a')).toEqual(value);
  expect(await records.list('group')).toEqual([value]);
  expect(await records.take('a')).toEqual(value);
  expect(await records.get('a')).toBeUndefined();

  expect(await records.claim('b', 0, minute)).toBe(true);
  expect(await records.claim('b', 1, minute)).toBe(false);
  expect(await records.get('b')).toBe(0);
  await records.renew('b', 2 * minute);
  clock += minute * 1000;
  expect(await records.get('b')).toBe(0);
  await records.delete('b');
  expect(await records.get('b')).toBeUndefined();

  await records.set('c', '', minute, 'group');
  expect(await records.get('c')).toBe('');
  await records.deleteGroup('group');
  expect(await records.get('c')).toBeUndefined();
  expect(await records.count('d', minute)).toEqual({ count: 1, left: minute });
});

it('shows the store no value, no name and no group', async () => {
  const seen = watch();
  const name = 'RefreshToken:tell-nobody';
  await records.set(name, 'tell-nobody', minute, 'tell-nobody');
  await records.claim(`${name} 2`, 'tell-nobody', minute);
  await records.get(name);
  await records.renew(name, minute);
  await records.list('tell-nobody');
  await records.count('tell-nobody', minute);
  await (await records.lock('tell-nobody', minute))?.();
  await records.take(name);
  await records.delete(name);
  await records.deleteGroup('tell-nobody');
  expect(seen()).not.toContain('tell-nobody');
  for (const encoding of ['base64', 'base64url', 'hex'] as const) {
    expect(seen()).not.toContain(Buffer.from('tell-nobody').toString(encoding).slice(0, 12));
  }
});

it('seals the same value differently each time', async () => {
  await records.set('a', 'x', minute);
  const first = await rowOf('a');
  await records.set('a', 'x', minute);
  expect((await rowOf('a')).value).not.toBe(first.value);
});

describe('a value that does not open', () => {
  beforeEach(() => records.set('a', { role: 'user' }, minute, 'group'));

  it.each([
    ['another secret', async () => sealRecords(store, [previous])],
    [
      'another row',
      async () => {
        await records.set('b', { role: 'admin' }, minute);
        await store.set((await rowOf('a')).key, (await rowOf('b')).value, minute, 'group');
        return records;
      },
    ],
    [
      'a changed bit',
      async () => {
        const { key, value } = await rowOf('a');
        const bytes = Buffer.from(value, 'base64url');
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        await store.set(key, bytes.toString('base64url'), minute);
        return records;
      },
    ],
    [
      'no seal at all',
      async () => {
        await store.set((await rowOf('a')).key, '{"role":"admin"}', minute);
        return records;
      },
    ],
    [
      'a tag of four bytes, which is quickly guessed',
      async () => {
        const { key } = await rowOf('a');
        const iv = randomBytes(12);
        const cipher = createCipheriv('aes-256-gcm', current, iv, { authTagLength: 4 });
        cipher.setAAD(Buffer.from(key)).final();
        const short = Buffer.concat([iv, cipher.getAuthTag()]);
        await store.set(key, short.toString('base64url'), minute);
        return records;
      },
    ],
  ])('counts as not there: %s', async (_, tamper) => {
    const tampered = await tamper();
    expect(await tampered.get('a')).toBeUndefined();
    expect(await tampered.list('group')).toEqual([]);
    expect(await tampered.take('a')).toBeUndefined();
  });

  it('is logged once, with what to do and without the value', async () => {
    const warn = vi.spyOn(log, 'warn');
    const foreign = sealRecords(store, [previous]);
    await foreign.get('a');
    await foreign.get('a');
    await foreign.list('group');
    expect(warn).toHaveBeenCalledOnce();
    expect(warn.mock.calls.join()).toContain('AUTH_SECRET');
    expect(warn.mock.calls.join()).not.toContain('role');
  });
});

describe('when the secret is changed', () => {
  const rotated = () => sealRecords(store, [current, previous]);
  beforeEach(() => sealRecords(store, [previous]).set('a', 'x', minute, 'group'));

  it('what the old one sealed is opened', async () => {
    expect(await rotated().list('group')).toEqual(['x']);
    expect(await rotated().take('a')).toBe('x');
  });

  it('what is read is sealed with the new one, for the time that is left', async () => {
    expect(await rotated().get('a')).toBe('x');
    expect(await records.get('a')).toBe('x');
    expect(await records.list('group')).toEqual(['x']);
    clock += minute * 1000;
    expect(await records.get('a')).toBeUndefined();
  });

  it('sealing anew does not undo what somebody else writes meanwhile', async () => {
    const get = store.get;
    vi.spyOn(store, 'get').mockImplementationOnce(async (key) => {
      const sealed = await get(key);
      await records.set('a', 'newer', minute);
      return sealed;
    });
    expect(await rotated().get('a')).toBe('x');
    expect(await records.get('a')).toBe('newer');
  });

  it('what the new one sealed stays as it is', async () => {
    await records.set('b', 'x', minute);
    const { value } = await rowOf('b');
    await rotated().get('b');
    expect((await rowOf('b')).value).toBe(value);
  });
});

describe('a lock', () => {
  it('has one holder at a time', async () => {
    const locks = await Promise.all([1, 2, 3].map(() => records.lock('refresh', minute)));
    const [release, ...others] = locks.filter((lock) => lock !== undefined);
    expect(others).toEqual([]);
    await release?.();
    expect(await records.lock('refresh', minute)).toBeDefined();
  });

  it('is free again when its holder has died, who cannot give it back later', async () => {
    const late = await records.lock('refresh', minute);
    clock += minute * 1000;
    expect(await records.lock('refresh', minute)).toBeDefined();
    await late?.();
    expect(await records.lock('refresh', minute)).toBeUndefined();
  });

  it('is not the value of the same name', async () => {
    await records.set('refresh', 'x', minute);
    expect(await records.lock('refresh', minute)).toBeDefined();
    expect(await records.get('refresh')).toBe('x');
  });
});

it('needs a key', () => {
  expect(() => sealRecords(store, [])).toThrow('no key');
});
