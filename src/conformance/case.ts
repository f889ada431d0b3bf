/** What a case is, and what comes of it. */

import type { Bench } from './bench.js';
import type { Exchange } from './exchange.js';
import type { Rule } from './rules.js';

/**
 * How binding the rule is: a failed MUST fails the run. ADVICE is what no specification says in
 * so many words, and what servers in the field were found to need.
 */
export type Level = 'MUST' | 'SHOULD' | 'ADVICE';

/** What has to be there for a case to say anything. */
export type Need =
  /** A good token is accepted, so that a refusal means something. */
  | 'accepted'
  /** The server says which scopes every request needs. */
  | 'scopes'
  /** Tokens are JWTs. */
  | 'jwt'
  /** The pack starts the server, and can start it again. */
  | 'command'
  /** The server runs on this machine. */
  | 'loopback';

/** What was seen, in words; nothing in it is secret. */
export interface Evidence {
  /** What was sent. */
  readonly request: string;
  /** What a server that keeps the rule does. */
  readonly expected: string;
  readonly seen: string;
}

export type Verdict =
  | ({ readonly outcome: 'passed' | 'failed' } & Evidence)
  | { readonly outcome: 'skipped'; readonly reason: string };

export interface Case {
  /** Stable: programs depend on it. */
  readonly id: string;
  /** What a good server does, without a full stop. */
  readonly title: string;
  readonly level: Level;
  readonly rule: Rule;
  readonly needs: readonly Need[];
  readonly run: (bench: Bench) => Promise<Verdict> | Verdict;
}

/** Cases of one subject. */
export interface Group {
  /** In JSON, and as the suite of JUnit. */
  readonly id: string;
  readonly title: string;
  readonly cases: readonly Case[];
}

/** One of the cases, when it has run. */
export type Result = Omit<Case, 'run' | 'needs'> & { readonly group: string } & Verdict;

export function skip(reason: string): Verdict {
  return { outcome: 'skipped', reason };
}

/** @param good whether what was seen is what was expected */
export function judge(good: boolean, evidence: Evidence): Verdict {
  return { outcome: good ? 'passed' : 'failed', ...evidence };
}

/** The verdict on several exchanges: the first that is not as it should be, else all of them. */
export function judgeAll(
  exchanges: readonly Exchange[],
  isGood: (exchange: Exchange) => boolean,
  expected: string,
  describe: (exchange: Exchange) => string,
): Verdict {
  const wrong = exchanges.filter((exchange) => !isGood(exchange));
  const [shown] = wrong.length > 0 ? wrong : exchanges;
  if (shown === undefined) return skip('Nothing of the kind was answered.');
  const request = wrong.length > 0 ? enumerateFew(wrong) : enumerateFew(exchanges);
  return judge(wrong.length === 0, { request, expected, seen: describe(shown) });
}

/** The first few by name; how many more there are. */
function enumerateFew(exchanges: readonly Exchange[]): string {
  const names = [...new Set(exchanges.map(({ what }) => what))];
  const few = names.slice(0, 3).join('; ');
  return names.length > 3 ? `${few}; and ${names.length - 3} more` : few;
}
