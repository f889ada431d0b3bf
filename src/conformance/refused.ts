/** What cases about tokens that must not be accepted have in common. */
import { type Case, judgeAll, type Level } from './case.js';
import { describeAnswer, isServed } from './exchange.js';
import type { Rule } from './rules.js';
import type { Variant } from './token.js';

export interface RefusedRow {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly rule: Rule;
  /** Whether it is about what only JWTs have. */
  readonly jwt?: true;
  readonly variants: readonly Variant[];
}

export function toRefusal({ jwt, variants, ...row }: RefusedRow): Case {
  return {
    ...row,
    needs: jwt ? ['accepted', 'jwt'] : ['accepted'],
    async run({ sendToken }) {
      const exchanges = [];
      for (const variant of variants) exchanges.push(await sendToken('bad-token', variant));
      return judgeAll(exchanges, (each) => !isServed(each), 'a refusal', describeAnswer);
    },
  };
}
