/** The streams of a run, and what they are capable of. */
import type { Readable, Writable } from 'node:stream';

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
 * Whether questions may be asked: there is somebody to see and to answer them. Continuous
 * integration may have a terminal and nobody in front of it.
 */
export function isInteractive(world: {
  readonly stdin: Input;
  readonly stdout: Output;
  readonly env: NodeJS.ProcessEnv;
}): boolean {
  return !world.env.CI && world.stdout.isTTY === true && world.stdin.isTTY === true;
}
