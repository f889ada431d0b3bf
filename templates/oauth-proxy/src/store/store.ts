// What the authorization server remembers: strings under keys, each for a time. There are two
// implementations, an SQLite file and Redis, which behave the same (test/store.test.ts).

export interface Store {
  get(key: string): Promise<string | undefined>;

  /**
   * Keeps `value` for `ttl` seconds, in place of what was there before and of its group. Of 0
   * seconds or less nothing is left.
   */
  set(key: string, value: string, ttl: number, group?: string): Promise<void>;

  /** Sets only what is not there, and says whether it did: of several callers one wins. */
  claim(key: string, value: string, ttl: number): Promise<boolean>;

  /** Gets and deletes in one step: of several callers one gets it. */
  take(key: string): Promise<string | undefined>;

  /** Puts `next` where `value` is, for the time that is left; nothing where it has changed since. */
  replace(key: string, value: string, next: string): Promise<void>;

  /**
   * Makes what is there live for `ttl` seconds from now, never shorter than before. A life that is
   * nearly so long, to one part in a hundred, is left alone: this may be called at every use.
   */
  renew(key: string, ttl: number): Promise<void>;

  delete(key: string): Promise<void>;

  /** Deletes only while the value is this one: how a lock is given back. */
  release(key: string, value: string): Promise<void>;

  /** What is alive of a group, in no order. */
  list(group: string): Promise<{ key: string; value: string }[]>;

  deleteGroup(group: string): Promise<void>;

  /**
   * Counts one more in a window that starts with the first and lasts `ttl` seconds. Counters have
   * keys of their own: one never meets a value of the same key.
   */
  count(key: string, ttl: number): Promise<Count>;

  close(): Promise<void>;
}

export interface Count {
  count: number;
  /** Seconds until the window ends. */
  left: number;
}

/** The store does not work at the moment; whether what was asked has been done is unknown. */
export class StoreUnavailable extends Error {
  override name = 'StoreUnavailable';
}

/** How long an operation may take before it fails, in milliseconds. */
export const patience = 2_000;

/** The part of a life that `renew` does not care about. */
export const nearly = 0.99;
