/**
 * A line on a terminal that moves while something runs. Unlike the prompt library's own spinner it
 * leaves stdin alone: that one reads keys in raw mode and ends the process with status 0 on Ctrl-C.
 */
import type { Output } from './terminal.js';

const frames = ['◒', '◐', '◓', '◑'];

/** Shows `message` until `work` has settled; the line is gone afterwards. */
export async function showSpinner<Result>(
  terminal: Output,
  message: string,
  work: Promise<Result>,
): Promise<Result> {
  let frame = 0;
  const draw = () => {
    const line = `${frames[frame++ % frames.length]}  ${message}`;
    // What went on in a second line would stay there. Asked for each time: windows change.
    terminal.write(`\r\u001b[2K${line.slice(0, (terminal.columns || 80) - 1)}`);
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
