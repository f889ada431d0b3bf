/** The streams of a run, and what they are capable of. */
import type { Readable, Writable } from 'node:stream';
import { recogniseAgent } from './agents.js';

/** stdout or stderr. */
export type Output = Writable & { readonly isTTY?: boolean };

/** stdin. */
export type Input = Readable & { readonly isTTY?: boolean };

/** Marks up text for one stream. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
}

/** Colours on a terminal, unless NO_COLOR (https://no-color.org) is set to anything. */
export function createStyle(output: Output, env: NodeJS.ProcessEnv): Style {
  const colored = output.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb';
  const wrap = (open: number, close: number) => (text: string) =>
    colored ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return { bold: wrap(1, 22), dim: wrap(2, 22), red: wrap(31, 39), green: wrap(32, 39) };
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
  return undefined;
}
