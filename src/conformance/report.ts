/** Says what came of a run: to people, or as one JSON document. */
import { lines } from '../report.js';
import type { Conformance } from '../schema/conformance.js';
import type { Style } from '../terminal.js';
import { wrap } from '../wrap.js';
import type { Level, Result } from './case.js';
import type { Report } from './run.js';
import { suite } from './suite.js';

export interface Summary {
  readonly passed: number;
  readonly failed: Readonly<Record<Level, number>>;
  readonly skipped: number;
  /** Whether every rule is kept that says MUST. */
  readonly ok: boolean;
}

export function summarise(results: readonly Result[]): Summary {
  const count = (outcome: Result['outcome'], level?: Level) =>
    results.filter(
      (each) => each.outcome === outcome && (level === undefined || each.level === level),
    ).length;
  const failed = {
    MUST: count('failed', 'MUST'),
    SHOULD: count('failed', 'SHOULD'),
    ADVICE: count('failed', 'ADVICE'),
  };
  return { passed: count('passed'), failed, skipped: count('skipped'), ok: failed.MUST === 0 };
}

/** @param width of the terminal, in characters */
export function describeReport({ url, results }: Report, style: Style, width: number): string {
  const { passed, failed, skipped, ok } = summarise(results);
  const mark = ok ? style.green('✔') : style.red('✘');
  const counts = [
    `${passed} passed`,
    ...Object.entries(failed).flatMap(([level, count]) =>
      count > 0 ? [`${count} ${level} failed`] : [],
    ),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
  ];
  return lines([
    `${mark} ${style.bold(`Conformance of ${url}`)}: ${counts.join(', ')}`,
    ...suite.flatMap(({ id, title }) => {
      const own = results.filter(({ group }) => group === id);
      const ran = own.filter(({ outcome }) => outcome !== 'skipped');
      const good = ran.filter(({ outcome }) => outcome === 'passed').length;
      return [
        ...(ran.length > 0 ? ['', `${style.bold(title)}: ${good} of ${ran.length}`] : []),
        ...own.flatMap((result) => describeFailure(result, style, width)),
      ];
    }),
    ...describeSkipped(results, style, width),
  ]);
}

function describeFailure(result: Result, style: Style, width: number): string[] {
  if (result.outcome !== 'failed') return [];
  const { id, level, title, rule, request, expected, seen } = result;
  const mark = level === 'MUST' ? style.red('✗') : '!';
  const row = (name: string, text: string) =>
    wrap(`${name.padEnd(9)} ${text}`, width, '    ', ' '.repeat(10));
  return [
    `  ${mark} ${level}: ${title}  ${style.dim(`[${id}]`)}`,
    ...row('rule', `${rule.name}, ${rule.url}`),
    ...row('request', request),
    ...row('expected', expected),
    ...row('seen', seen),
  ];
}

function describeSkipped(results: readonly Result[], style: Style, width: number): string[] {
  const byReason = new Map<string, string[]>();
  for (const result of results) {
    if (result.outcome !== 'skipped') continue;
    byReason.set(result.reason, [...(byReason.get(result.reason) ?? []), result.id]);
  }
  if (byReason.size === 0) return [];
  return [
    '',
    style.bold('Skipped:'),
    ...[...byReason].flatMap(([reason, ids]) => [
      ...wrap(reason, width, '  '),
      ...wrap(ids.join(', '), width, '    '),
    ]),
  ];
}

/** docs/conformance.md describes it. */
export function reportToJson({ url, format, probe, results }: Report): Conformance {
  const { passed, failed, skipped, ok } = summarise(results);
  return {
    ok,
    kind: 'conformance',
    url,
    tokens: format,
    probe,
    passed,
    failed,
    skipped,
    cases: results,
  };
}
