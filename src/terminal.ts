/** The streams of a run, and what they are capable of. */
import type { Readable, Writable } from 'node:stream';
import { recogniseAgent } from './agents.js';

/** stdout or stderr. */
export type Output = Writable & { readonly isTTY?: boolean; readonly columns?: number };

/** stdin. */
export type Input = Readable & { readonly isTTY?: boolean };

/** Marks up text for one stream. */
export interface Style {
  /** Characters on a line; undefined where it is not a terminal's. */
  readonly width: number | undefined;
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
}

/** Colours on a terminal, unless NO_COLOR (https://no-color.org) is set to anything. */
export function createStyle(output: Output, env: NodeJS.ProcessEnv): Style {
  const colored = canRedraw(output, env) && !env.NO_COLOR;
  const wrap = (open: number, close: number) => (text: string) =>
    colored ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    // Some terminals do not tell how wide they are: zero.
    width: (output.isTTY && output.columns) || undefined,
    bold: wrap(1, 22),
    dim: wrap(2, 22),
    red: wrap(31, 39),
    green: wrap(32, 39),
  };
}

/** Whether something that was written can be changed: a terminal that knows escape sequences. */
export function canRedraw(output: Output, env: NodeJS.ProcessEnv): boolean {
  return output.isTTY === true && env.TERM !== 'dumb';
}

/**
 * Why nothing may be asked; undefined where somebody sees the questions and can answer them.
 * Continuous integration and agents may have a terminal, and nobody in front of it.
 *
 * @returns a clause, such as `there is no terminal`
 */
export function reasonForSilence(world: {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly env: NodeJS.ProcessEnv;
}): string | undefined {
  const agent = recogniseAgent(world.env);
  if (agent !== undefined) return `${agent} runs this`;
  if (world.env.CI) return 'CI is set';
  if (world.stdout.isTTY !== true || world.stdin.isTTY !== true) return 'there is no terminal';
  if (!canRedraw(world.stdout, world.env)) return 'TERM is dumb';
  return undefined;
}
