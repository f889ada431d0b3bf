/** What the pack found on servers of others and on our own: tables for docs/conformance.md. */
import type { Level } from '../src/conformance/case.js';
import { suite } from '../src/conformance/suite.js';
import type { PeerResult } from './results.js';

const cases = suite.flatMap((group) => group.cases);
const marks = { passed: '✓', failed: '✗', skipped: '–' } as const;

export function describePeers(results: readonly PeerResult[]): string {
  return [...summary(results), '', ...failures(results), '', ...reasons(results)].join('\n');
}

function summary(results: readonly PeerResult[]): string[] {
  const rows = results.map(
    ({ title, language, package: name, version, configuration, cases: its }) => {
      const count = (level: Level) =>
        cases.filter((each) => each.level === level && its[each.id]?.outcome === 'failed').length;
      const passed = Object.values(its).filter(({ outcome }) => outcome === 'passed').length;
      const skipped = Object.values(its).filter(({ outcome }) => outcome === 'skipped').length;
      const cells = [title, language, `\`${name}\` ${version}`, configuration];
      const counts = [passed, count('MUST'), count('SHOULD'), count('ADVICE'), skipped];
      return `| ${[...cells, ...counts].join(' | ')} |`;
    },
  );
  return [
    '| Server | Language | Package | Configuration | Passed | MUST failed | SHOULD failed | ADVICE failed | Skipped |',
    '|---|---|---|---|---|---|---|---|---|',
    ...rows,
  ];
}

/** The cases that not everybody passes. */
function failures(results: readonly PeerResult[]): string[] {
  const told = cases.filter(({ id }) =>
    results.some((each) => each.cases[id]?.outcome === 'failed'),
  );
  const rows = told.map(({ id, level }) => {
    const cells = results.map((each) => marks[each.cases[id]?.outcome ?? 'skipped']);
    return `| \`${id}\` | ${level} | ${cells.join(' | ')} |`;
  });
  return [
    `| Case | Level | ${results.map(({ title, language }) => `${title}${language === 'Python' ? ' (Python)' : ''}`).join(' | ')} |`,
    `|---|---|${results.map(() => '---').join('|')}|`,
    ...rows,
  ];
}

/** What was seen where a MUST failed. */
function reasons(results: readonly PeerResult[]): string[] {
  return results.flatMap(({ title, language, cases: its }) =>
    cases.flatMap(({ id, level }) => {
      const verdict = its[id];
      if (level !== 'MUST' || verdict?.outcome !== 'failed') return [];
      const name = `${title}${language === 'Python' ? ' (Python)' : ''}`;
      return [
        `- ${name}, \`${id}\`: ${verdict.said?.replaceAll('|', '\\|').replaceAll('<', '&lt;')}`,
      ];
    }),
  );
}
