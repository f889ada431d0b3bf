/** The table of cases in docs/conformance.md. */
import { suite } from './suite.js';

/** Markdown: a table for each group. */
export function describeCases(): string {
  const groups = suite.map(({ title, cases }) => {
    const rows = cases.map(
      ({ id, title: what, level, rule }) =>
        `| \`${id}\` | ${what} | ${level} | [${rule.name}](${rule.url}) |`,
    );
    return [
      `#### ${title}`,
      '',
      '| Case | A good server | Level | Rule |',
      '|---|---|---|---|',
      ...rows,
    ].join('\n');
  });
  return groups.join('\n\n');
}
