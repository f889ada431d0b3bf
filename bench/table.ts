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
  const format = (line: readonly string[]) =>
    widths
      .map((width, at) => (line[at] ?? '')[pads[at] ?? 'padEnd'](width))
      .join('   ')
      .trimEnd();
  const rule = widths.map((width) => '-'.repeat(width)).join('   ');
  const table = [format(columns), rule, ...rows.map(format)];
  console.log(`\n${heading}\n\n${table.join('\n')}\n`);
  for (const remark of remarks) console.log(`  ${remark}`);
}

/** One line that says what was hoped for and what came out. */
export function describeGoal(goal: string, found: string, met: boolean): string {
  return `Goal: ${goal}. Measured: ${found} (${met ? 'met' : 'MISSED'}).`;
}
