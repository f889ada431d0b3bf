/** Keeps what was found: the data, and a document with its charts made from them. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { drawChart } from './chart.js';
import type { Chart, Table } from './report.js';
import { isNumeric } from './table.js';
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

/** A page of docs/, and the folder beside it that has its data. */
export interface Page {
  /** Of the file, without its ending. */
  name: string;
  title: string;
  /** What makes one part of it again: `npm run bench --`. */
  command: string;
  /** What has to be known to read it; Markdown. */
  introduction: string;
  /** Goes before the parts. */
  overview?(results: readonly Result[]): Table;
}

const documents = join(repository, 'docs');
const dataOf = ({ name }: Page) => join(documents, name);

/** The machine that this process runs on, as a reader has to know it. */
export function describeMachine(): string {
  const cores = cpus();
  return `Node ${process.versions.node}, ${cores.length} × ${cores[0]?.model.trim() ?? 'unknown'}`;
}

/** Writes a part's data and charts. */
export function saveResult(page: Page, result: Result): void {
  const data = dataOf(page);
  mkdirSync(data, { recursive: true });
  writeFileSync(join(data, `${result.part}.json`), `${JSON.stringify(result, null, 2)}\n`);
  for (const chart of result.charts) {
    writeFileSync(join(data, `${chart.name}.svg`), drawChart(chart));
  }
}

/**
 * Writes the page from all data that is there.
 * @param order of the parts
 */
export function writeDocument(page: Page, order: readonly string[]): void {
  const data = dataOf(page);
  const kept = readdirSync(data).filter((name) => name.endsWith('.json'));
  const results = kept
    .map((name) => JSON.parse(readFileSync(join(data, name), 'utf8')) as Result)
    .sort((a, b) => order.indexOf(a.part) - order.indexOf(b.part));
  writeFileSync(`${data}.md`, describeResults(page, results));
}

/** @returns Markdown */
function describeResults(page: Page, results: readonly Result[]): string {
  const overview = page.overview === undefined ? [] : [describeTable(page.overview(results))];
  const parts = [...overview, ...results.map((result) => describeResult(page, result))];
  return `# ${page.title}\n\n${page.introduction}\n\n${parts.join('\n')}`;
}

function describeResult(page: Page, { part, about, date, machine, tables, charts }: Result) {
  const drawn = charts.map(({ name, title }) => `![${title}](${page.name}/${name}.svg)\n`);
  return `## ${part}

${about}

\`${page.command} ${part}\`, ${date}, ${machine}.

${[...drawn, ...tables.map(describeTable)].join('\n')}`;
}

function describeTable({ heading, columns, rows, remarks }: Table): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rule = columns.map((_, at) => (isNumeric(rows, at) ? '---:' : '---'));
  const notes = remarks.map((remark) => `- ${remark}\n`).join('');
  return `### ${heading}

${[line(columns), line(rule), ...rows.map(line)].join('\n')}
${notes === '' ? '' : `\n${notes}`}`;
}
