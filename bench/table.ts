/** Plain-text tables. */

/** Whether everything in a column is a number, or a gap; such a column is set to the right. */
export function isNumeric(rows: readonly (readonly string[])[], column: number): boolean {
  return rows.every((row) => /^(-|-?[\d.,]*)$/.test(row[column] ?? ''));
}

/** Prints a heading, a table whose columns are as wide as needed, and remarks below it. */
export function printTable(
  heading: string,
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  remarks: readonly string[] = [],
): void {
  const lines = [columns, ...rows];
  const widths = columns.map((_, at) => Math.max(...lines.map((line) => line[at]?.length ?? 0)));
  const pads = columns.map((_, at) => (isNumeric(rows, at) ? 'padStart' : 'padEnd'));
  const align = (line: readonly string[]) =>
    widths
      .map((width, at) => (line[at] ?? '')[pads[at] ?? 'padEnd'](width))
      .join('   ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('   ');
  const table = [align(columns), rule, ...rows.map(align)];
  console.log(`\n${heading}\n\n${table.join('\n')}\n`);
  for (const remark of remarks) console.log(`  ${remark}`);
}

/** One line that says what was hoped for and what came out. */
export function describeGoal(goal: string, found: string, met: boolean): string {
  return `Goal: ${goal}. Measured: ${found} (${met ? 'met' : 'MISSED'}).`;
}

/** A number in a table; what was not measured is a dash. */
export function format(value = Number.NaN, digits = 0): string {
  return Number.isNaN(value) ? '-' : value.toFixed(digits);
}
