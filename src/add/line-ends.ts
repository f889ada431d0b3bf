/** Lines may end differently in a checkout than they were written; that is no change of somebody's. */

/** What a file's lines end with, if all of them end alike. */
function usesCrlf(contents: Buffer): boolean {
  // One character for each byte, so that nothing is lost on the way.
  const text = contents.toString('latin1');
  return text.includes('\r\n') && !/(?<!\r)\n/.test(text);
}

/** The same with `\n` at the end of lines, if all of them end with `\r\n`. */
export function toLf(contents: Buffer): Buffer {
  if (!usesCrlf(contents)) return contents;
  return Buffer.from(contents.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}

/** The same with the line ends of another file. */
export function likeIn(model: Buffer, contents: Buffer): Buffer {
  if (!usesCrlf(model) || contents.includes('\r\n')) return contents;
  return Buffer.from(contents.toString('latin1').replaceAll('\n', '\r\n'), 'latin1');
}
