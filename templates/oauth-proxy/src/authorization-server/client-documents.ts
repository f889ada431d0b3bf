// When the documents are fetched that clients are known by (Client ID Metadata Documents).
import type { Client, KoaContextWithOIDC } from 'oidc-provider';
import type { Records } from '../store/records.js';
import { limits, type RateLimits } from './rate-limit.js';

/** For how long a document counts as known, in seconds. */
const known = 24 * 3600;

/**
 * Each address may make this server try a few new documents in an hour. Those that were good before
 * are fetched as often as their caching wants, which is not the doing of whoever asks next.
 */
export function documentRules(records: Records, rateLimits: RateLimits) {
  const keyOf = (id: string) => `client document:${id}`;
  const isKnown = async (id: string) => (await records.get<boolean>(keyOf(id))) === true;
  return {
    allowFetch: async ({ req }: KoaContextWithOIDC, id: string): Promise<boolean> =>
      (await isKnown(id)) || rateLimits.isWithin(limits.document, req),
    /** Is asked about each client that a document describes well. */
    async allowClient(_ctx: KoaContextWithOIDC, { clientId }: Client): Promise<boolean> {
      if (!(await isKnown(clientId))) await records.set(keyOf(clientId), true, known);
      return true;
    },
  };
}
