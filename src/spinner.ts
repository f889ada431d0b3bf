/**
 * A line on a terminal that moves while something runs. Unlike the prompt library's own spinner it
 * leaves stdin alone: that one reads keys in raw mode and ends the process with status 0 on Ctrl-C.
 */
import type { Writable } from 'node:stream';

const frames = ['◒', '◐', '◓', '◑'];

/** Shows `message` until `work` has settled; the line is gone afterwards. */
export async function showSpinner<Result>(
  terminal: Writable,
  message: string,
  work: Promise<Result>,
): Promise<Result> {
  let frame = 0;
  const draw = () => {
    terminal.write(`\r\u001b[2K${frames[frame++ % frames.length]}  ${message}`);
  };
  draw();
  const timer = setInterval(draw, 80);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    terminal.write('\r\u001b[2K');
  }
}
