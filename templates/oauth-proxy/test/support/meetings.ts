// A store at which callers wait for each other, so that what a test does at the same time meets.
import type { openStore } from '../../src/store/open-store.js';
import type { Store } from '../../src/store/store.js';

type Verb = 'claim' | 'take';

/** How many callers of a verb have to be there before the first goes on. */
export const meetings: Partial<Record<Verb, number>> = {};

/** For `vi.mock` of src/store/open-store.js. */
export function withMeetings(original: { openStore: typeof openStore }) {
  return {
    openStore: async (url: string): Promise<Store> => {
      const store = await original.openStore(url);
      const waiting: Record<Verb, (() => void)[]> = { claim: [], take: [] };

      function meet(verb: Verb): Promise<void> {
        return new Promise((resolve) => {
          const arrived = waiting[verb].push(resolve);
          if (arrived < (meetings[verb] ?? 1)) return;
          delete meetings[verb];
          for (const go of waiting[verb].splice(0)) go();
        });
      }

      return {
        ...store,
        async claim(key, value, ttl) {
          await meet('claim');
          return store.claim(key, value, ttl);
        },
        async take(key) {
          await meet('take');
          return store.take(key);
        },
      };
    },
  };
}
