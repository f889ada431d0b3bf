// What the rest of the server keeps in the store: JSON values, sealed, under names that cannot be
// read there. Who gets hold of the database has no codes, no refresh tokens and no provider's tokens.
import { createCipheriv, createDecipheriv, hash, randomBytes } from 'node:crypto';
import { log } from '../log.js';
import type { Count, Store } from './store.js';

/** The verbs of `Store` (store.ts), for JSON values. Times are seconds. */
export interface Records {
  get<T>(name: string): Promise<T | undefined>;
  set<T>(name: string, value: T, ttl: number, group?: string): Promise<void>;
  claim<T>(name: string, value: T, ttl: number): Promise<boolean>;
  take<T>(name: string): Promise<T | undefined>;
  renew(name: string, ttl: number): Promise<void>;
  delete(name: string): Promise<void>;
  list<T>(group: string): Promise<T[]>;
  deleteGroup(group: string): Promise<void>;
  count(name: string, ttl: number): Promise<Count>;
  /**
   * Takes a lock that one caller can have at a time, on all instances.
   * @param ttl after which it is free again, should this instance die
   * @returns what gives it back; nothing when somebody else has it
   */
  lock(name: string, ttl: number): Promise<(() => Promise<void>) | undefined>;
}

/**
 * @param sealing keys of 32 bytes. The first one seals; what an older one has sealed is sealed anew
 *   when it is read, so that after a while nothing in use needs the older ones.
 */
export function sealRecords(store: Store, sealing: readonly Buffer[]): Records {
  const [newest] = sealing;
  if (newest === undefined) throw new Error('There is no key to seal records with');
  let complained = false;

  /** The value, or nothing when no key opens it; and whether it needs to be sealed anew. */
  function open(key: string, sealed: string | undefined): { text?: string; stale?: boolean } {
    if (sealed === undefined) return {};
    for (const secret of sealing) {
      const text = unseal(secret, key, sealed);
      if (text !== undefined) return { text, stale: secret !== newest };
    }
    if (!complained) log.warn(complaint);
    complained = true;
    return {};
  }

  return {
    async get(name) {
      const key = hidden(name);
      const sealed = await store.get(key);
      const { text, stale } = open(key, sealed);
      // Only if it is still the same: somebody may have written something newer meanwhile.
      if (sealed && text && stale) await store.replace(key, sealed, seal(newest, key, text));
      return parse(text);
    },
    async set(name, value, ttl, group) {
      const key = hidden(name);
      const sealed = seal(newest, key, JSON.stringify(value));
      await store.set(key, sealed, ttl, group === undefined ? undefined : hidden(group));
    },
    async claim(name, value, ttl) {
      const key = hidden(name);
      return store.claim(key, seal(newest, key, JSON.stringify(value)), ttl);
    },
    async take(name) {
      const key = hidden(name);
      return parse(open(key, await store.take(key)).text);
    },
    renew: (name, ttl) => store.renew(hidden(name), ttl),
    delete: (name) => store.delete(hidden(name)),
    async list<T>(group: string) {
      const found = await store.list(hidden(group));
      return found
        .map(({ key, value }) => parse<T>(open(key, value).text))
        .filter((value) => value !== undefined);
    },
    deleteGroup: (group) => store.deleteGroup(hidden(group)),
    count: (name, ttl) => store.count(hidden(name), ttl),
    async lock(name, ttl) {
      const key = hidden(`lock:${name}`);
      // Not sealed: the store compares it when the lock is given back, and it tells nothing.
      const holder = randomBytes(16).toString('base64url');
      const free = await store.claim(key, holder, ttl);
      return free ? () => store.release(key, holder) : undefined;
    },
  };
}

const complaint =
  'Something in the store cannot be opened with AUTH_SECRET, and counts as not there. When you change the secret, keep the old one behind the new one for a while: AUTH_SECRET="new,old".';

/** Codes and refresh tokens are names, and must not be readable. They are too random to be guessed. */
function hidden(name: string): string {
  return hash('sha256', name, 'base64url');
}

function parse<T>(text: string | undefined): T | undefined {
  return text === undefined ? undefined : (JSON.parse(text) as T);
}

const algorithm = 'aes-256-gcm';
/** In bytes. A random one for each sealing: good for 2^32 of them under one key (SP 800-38D §8.3). */
const ivLength = 12;
/** In bytes. To be said when unsealing too, where Node would accept a tag of 4 bytes. */
const authTagLength = 16;

/** Seals `text` for the row `key`: what is moved to another row does not open there. */
function seal(secret: Buffer, key: string, text: string): string {
  const iv = randomBytes(ivLength);
  const cipher = createCipheriv(algorithm, secret, iv, { authTagLength }).setAAD(Buffer.from(key));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealed]).toString('base64url');
}

function unseal(secret: Buffer, key: string, value: string): string | undefined {
  const bytes = Buffer.from(value, 'base64url');
  const iv = bytes.subarray(0, ivLength);
  const tag = bytes.subarray(ivLength, ivLength + authTagLength);
  const sealed = bytes.subarray(ivLength + authTagLength);
  try {
    const cipher = createDecipheriv(algorithm, secret, iv, { authTagLength });
    cipher.setAAD(Buffer.from(key)).setAuthTag(tag);
    return Buffer.concat([cipher.update(sealed), cipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}
