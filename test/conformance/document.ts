/** The part of docs/conformance.md that follows from a run of the suite. */
import { type Example, examples } from '../../src/examples.js';
import {
  type Outcome,
  type Revision,
  revisions,
  suiteVersion,
} from '../support/conformance-suite.js';
import { listedFor } from './compare.js';
import { expectedFailures } from './expected-failures.js';

/** What a run with each example and revision found out. */
export type Results = ReadonlyMap<string, readonly Outcome[]>;

export function keyOf(example: Example['id'], revision: Revision): string {
  return `${example} ${revision}`;
}

const start = '<!-- suite -->\n';
const end = '<!-- /suite -->';

/** @returns the document, with the part between its marks replaced */
export function fillDocument(document: string, results: Results): string {
  const [before, after] = [document.indexOf(start), document.indexOf(end)];
  if (before < 0 || after < before) throw new Error('docs/conformance.md has lost its marks');
  const section = `\n${[summary(results), legend(), table(results)].join('\n\n')}\n\n`;
  return document.slice(0, before + start.length) + section + document.slice(after);
}

const columns = [...examples]
  .reverse()
  .flatMap(({ id }) => revisions.map((revision) => ({ example: id, revision })));

function summary(results: Results): string {
  const rows = columns.map(({ example, revision }) => {
    const required = (results.get(keyOf(example, revision)) ?? []).filter(({ scored }) => scored);
    const passed = required.filter((outcome) => resultOf(outcome, example) === '✓');
    return `| \`--example ${example}\` | ${revision} | ${passed.length} of ${required.length} |`;
  });
  return [
    `\`@modelcontextprotocol/conformance\` ${suiteVersion}, required server scenarios:`,
    '',
    '| Server | Requirements | Passed |',
    '|---|---|---|',
    ...rows,
  ].join('\n');
}

function legend(): string {
  return [
    'In the table, brackets are around what a revision does not require, and an empty cell is a scenario that is not for it.',
    '',
    '| | |',
    '|---|---|',
    '| ✓ | passed |',
    '| – | nothing to try: the server does not have what the scenario is about, and need not |',
    '| warning | not as it SHOULD be, which fails nothing: `basic` has no such tool |',
    ...expectedFailures.map(({ mark, reason, link }) => `| ${mark} | ${reason} [More](${link}) |`),
  ].join('\n');
}

function table(results: Results): string {
  const all = columns.map(({ example, revision }) => results.get(keyOf(example, revision)) ?? []);
  const names = [...new Set(all.flat().map(({ scenario }) => scenario))].sort();
  const rows = names.map((name) => {
    const cells = columns.map(({ example }, index) => {
      const outcome = all[index]?.find(({ scenario }) => scenario === name);
      if (outcome === undefined) return '';
      const result = resultOf(outcome, example);
      return outcome.scored ? result : `(${result})`;
    });
    return `| \`${name}\` | ${cells.join(' | ')} |`;
  });
  const heads = columns.map(({ example, revision }) => `${example} ${revision}`);
  return [
    `| Scenario | ${heads.join(' | ')} |`,
    `|---|${heads.map(() => '---|').join('')}`,
    ...rows,
  ].join('\n');
}

function resultOf({ scenario, checks }: Outcome, example: Example['id']): string {
  const has = (wanted: string) => checks.some(({ status }) => status === wanted);
  if (has('FAILURE')) {
    const names = (entry: string) => entry === scenario || entry.startsWith(`${scenario}:`);
    return listedFor(example).find(({ scenarios }) => scenarios.some(names))?.mark ?? 'FAILS';
  }
  if (!checks.some(({ id, status }) => status === 'SUCCESS' && !id.startsWith('wire-schema-'))) {
    return has('WARNING') && has('SUCCESS') ? 'warning' : '–';
  }
  return has('WARNING') ? 'warning' : '✓';
}
