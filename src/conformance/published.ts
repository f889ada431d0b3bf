/** Cases about what a server shows to everybody: they are lost by findings of the doctor. */
import { type Case, judge, type Level, skip } from './case.js';
import type { Step } from './looks.js';
import type { Rule } from './rules.js';

/** A case that is lost by findings of the doctor. */
export interface PublishedRow {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly rule: Rule;
  /** What has to be there, or nothing can be said. */
  readonly after?: Step;
  readonly lostBy: readonly string[];
  /** Findings that hide those. */
  readonly hiddenBy?: readonly string[];
  readonly request: string;
}

export const noToken = 'initialize without a token';
export const wellKnown = 'GET of the protected resource metadata';
export const missing: Readonly<Record<Step, string>> = {
  endpoint: 'A request without a token is not refused by 401.',
  challenge: 'There is no Bearer challenge.',
  metadata: 'No metadata was found.',
};

export function toPublished({ after, lostBy, hiddenBy = [], request, ...row }: PublishedRow): Case {
  return {
    ...row,
    needs: [],
    run({ looks }) {
      if (after !== undefined && !looks.reached.has(after)) return skip(missing[after]);
      const hidden = looks.findings.find(({ id }) => hiddenBy.includes(id));
      if (hidden !== undefined) return skip(`${hidden.title}.`);
      const found = looks.findings.find(({ id }) => lostBy.includes(id));
      const good = found === undefined;
      const seen = good
        ? 'so it is'
        : [found.title, ...Object.entries(found.seen).map((pair) => pair.join(' '))].join('; ');
      return judge(good, { request, expected: row.title, seen });
    },
  };
}
