/** What a check reports: an identifier, what it means, and what was seen. */
import { clean } from './text.js';

/** ✓, ·, ! and ✗: fine; worth knowing; some clients will fail; clients will fail. */
export type Level = 'ok' | 'note' | 'warning' | 'problem';

/** Which part of a preset says more about a finding. */
export type Topic =
  | 'issuer'
  | 'pkce'
  | 'registration'
  | 'scopes'
  | 'audience'
  | 'token-format'
  | 'errors';

/** A finding as docs/doctor.md explains it: the same words whatever was seen. */
export type Explanation =
  | {
      readonly level: 'ok';
      /** What is so, without a full stop. */
      readonly title: string;
    }
  | {
      readonly level: Exclude<Level, 'ok'>;
      readonly title: string;
      /** Why it matters: what clients do with it. */
      readonly why: string;
      /** What to change, and where. */
      readonly cure: string;
      /** The address of the rule. */
      readonly page: string;
      readonly topic?: Topic;
    };

/** The findings of one check, by identifier. Identifiers are stable: programs depend on them. */
export type Catalogue = Readonly<Record<string, Explanation>>;

/** What was seen, by name, in the order in which people should read it: `asked`, `found`. */
export type Seen = Readonly<Record<string, string>>;

export interface Finding {
  readonly id: string;
  readonly level: Level;
  readonly title: string;
  readonly seen: Seen;
  readonly why?: string;
  readonly cure?: string;
  readonly page?: string;
  readonly topic?: Topic;
}

/** What a check found, and what it hands on to those after it. */
export interface Checked<Value> {
  readonly findings: readonly Finding[];
  readonly value: Value;
}

/**
 * Binds a catalogue: `find('resource-missing', { at })`. Everything seen is cleaned here, because
 * it comes from strangers and goes to a terminal.
 */
export function findingsOf<Id extends string>(catalogue: Readonly<Record<Id, Explanation>>) {
  return (id: Id, seen: Readonly<Record<string, string | undefined>> = {}): Finding => ({
    id,
    ...catalogue[id],
    seen: Object.fromEntries(
      Object.entries(seen).flatMap(([name, value]) =>
        value === undefined ? [] : [[clean(name), clean(value)]],
      ),
    ),
  });
}
