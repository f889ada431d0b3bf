/**
 * Line ends of templates. Git on Windows may check text out with CRLF; what is generated is the
 * same everywhere.
 */

/** @returns the same with LF; binary files, which have a zero byte, as they are */
export function unifyLines(contents: Buffer): Buffer {
  if (!contents.includes('\r\n') || contents.includes(0)) return contents;
  return Buffer.from(contents.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
}
