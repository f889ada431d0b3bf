// Tokens that were verified a moment ago, so that a busy client does not pay for every signature.
import { hash } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/server';

/** The most a verified token is believed without looking again, in seconds. */
const lifetime = 60;
/** The most tokens that are remembered. */
const capacity = 1_000;

interface Entry {
  known: Omit<AuthInfo, 'token'>;
  since: number;
  until: number;
  generation: number;
}

/** Remembers by digest, and without the token, so that none outlives its request because of this. */
export function createVerifiedTokens() {
  const entries = new Map<string, Entry>();

  return {
    /** @param now in seconds @param generation of the keys: what older keys verified is forgotten */
    get(token: string, now: number, generation: number): AuthInfo | undefined {
      const digest = hash('sha256', token, 'base64');
      const entry = entries.get(digest);
      if (entry === undefined) return undefined;
      // Before its beginning, too: a clock that was ahead may have been set back.
      const isTime = now >= entry.since && now < entry.until;
      if (isTime && entry.generation === generation) return { ...entry.known, token };
      entries.delete(digest);
      return undefined;
    },

    /** Never longer than the token itself is valid. */
    add(token: string, authInfo: AuthInfo, now: number, generation: number): void {
      const until = Math.min(now + lifetime, authInfo.expiresAt ?? 0);
      if (until <= now) return;
      // A map yields its keys in the order of their insertion: the first is the oldest.
      const oldest = entries.keys().next();
      if (entries.size >= capacity && !oldest.done) entries.delete(oldest.value);
      const { token: _, ...known } = authInfo;
      entries.set(hash('sha256', token, 'base64'), { known, since: now, until, generation });
    },
  };
}
