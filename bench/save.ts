/** Keeps what was measured: the data, and docs/performance.md with its charts made from them. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { drawChart } from './chart.js';
import type { Chart, Table } from './report.js';
import { repository } from './workspace.js';

/** What one part of a run found out. */
export interface Result {
  part: string;
  /** What the part is about, in a sentence or two. */
  about: string;
  /** Of the day it was measured, `2026-11-21`. */
  date: string;
  /** What it was measured on. */
  machine: string;
  tables: Table[];
  charts: Chart[];
}

const documents = join(repository, 'docs');
const data = join(documents, 'performance');

/** The machine that this process runs on, as a reader has to know it. */
export function describeMachine(): string {
  const cores = cpus();
  return `Node ${process.versions.node}, ${cores.length} × ${cores[0]?.model.trim() ?? 'unknown'}`;
}

/** Writes a part's data and charts. */
export function saveResult(result: Result): void {
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, `${result.part}.json`), `${JSON.stringify(result, null, 2)}\n`);
  for (const chart of result.charts) {
    writeFileSync(join(data, `${chart.name}.svg`), drawChart(chart));
  }
}

/**
 * Writes docs/performance.md from all data that is there.
 * @param order of the parts
 */
export function writeDocument(order: readonly string[]): void {
  const kept = readdirSync(data).filter((name) => name.endsWith('.json'));
  const results = kept
    .map((name) => JSON.parse(readFileSync(join(data, name), 'utf8')) as Result)
    .sort((a, b) => order.indexOf(a.part) - order.indexOf(b.part));
  writeFileSync(join(documents, 'performance.md'), describeResults(results));
}

/** @returns Markdown */
export function describeResults(results: readonly Result[]): string {
  return `# Performance

Made by \`npm run bench -- --save\` from the data in [performance/](performance/). Absolute numbers are the machine's; what counts are ratios: whatever is
compared ran side by side, in short alternating rounds of one run, and CPU time is that of the server's process, not of the client's.
\`npm run bench -- PART\` measures one part again.

${results.map(describeResult).join('\n')}`;
}

function describeResult({ part, about, date, machine, tables, charts }: Result): string {
  const drawn = charts.map(({ name, title }) => `![${title}](performance/${name}.svg)\n`);
  return `## ${part}

${about}

\`npm run bench -- ${part}\`, ${date}, ${machine}.

${[...drawn, ...tables.map(describeTable)].join('\n')}`;
}

function describeTable({ heading, columns, rows, remarks }: Table): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = columns.map((_, at) => (at === 0 ? '---' : '---:'));
  const notes = remarks.map((remark) => `- ${remark}\n`).join('');
  return `### ${heading}

${[line(columns), line(rule), ...rows.map(line)].join('\n')}
${notes === '' ? '' : `\n${notes}`}`;
}
