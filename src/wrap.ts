/** Breaks text where a terminal would break it anywhere. */

/**
 * Lines that end between words. What is longer than a line stays whole, so that it can be copied.
 *
 * @param width of a line, in characters; undefined where nobody knows it: then there is one line
 * @param indent what every line begins with
 * @param hanging what every line but the first has after that
 */
export function wrap(text: string, width: number | undefined, indent = '', hanging = ''): string[] {
  const result: string[] = [];
  let line = indent;
  for (const word of text.split(' ')) {
    const separator = line.trim() === '' ? '' : ' ';
    if (width !== undefined && separator !== '' && line.length + 1 + word.length > width) {
      result.push(line);
      line = indent + hanging + word;
    } else line += separator + word;
  }
  return [...result, line];
}
