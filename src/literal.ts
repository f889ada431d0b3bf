/** Spells data as TypeScript, formatted as Biome would. */

/** What fits on a line. */
const width = 100;

export type Data = string | boolean | readonly string[] | { readonly [name: string]: Data };

/** Elements of an array, on lines of their own when they would not fit on one. */
export function spellElements(values: readonly string[], taken = 25): string {
  const quoted = values.map(quote);
  const line = quoted.join(', ');
  return line.length <= width - taken
    ? line
    : `\n${quoted.map((value) => `    ${value},\n`).join('')}  `;
}

/**
 * A literal, over several lines if it is an object. Its strings have to be shorter than a line.
 *
 * @param indent the spaces before the line that it begins on
 * @param taken what is on that line already, the indent included
 */
export function spellLiteral(data: Data, indent = '', taken = indent.length): string {
  if (typeof data === 'string') return quote(data);
  if (typeof data === 'boolean') return String(data);
  const inner = `${indent}  `;
  if (isList(data)) {
    const line = `[${data.map(quote).join(', ')}]`;
    // What follows it on the line is a comma or a semicolon.
    if (taken + line.length + 1 <= width) return line;
    return `[\n${data.map((value) => `${inner}${quote(value)},\n`).join('')}${indent}]`;
  }
  const members = Object.entries(data).map(([name, value]) => {
    const start = `${inner}${/^[A-Za-z_$][\w$]*$/.test(name) ? name : quote(name)}: `;
    return `${start}${spellLiteral(value, inner, start.length)},\n`;
  });
  return members.length === 0 ? '{}' : `{\n${members.join('')}${indent}}`;
}

function isList(data: Exclude<Data, string | boolean>): data is readonly string[] {
  return Array.isArray(data);
}

/** In single quotes, or in double ones where that spares escapes. */
function quote(value: string): string {
  const escaped = JSON.stringify(value);
  if (value.includes("'") && !value.includes('"')) return escaped;
  return `'${escaped.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
}
