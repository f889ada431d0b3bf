/** Says what was found: to people from top to bottom, or as one JSON document to programs. */
import { lines } from '../report.js';
import type { DiagnosisOutput } from '../schema/diagnosis.js';
import type { Style } from '../terminal.js';
import { wrap } from '../wrap.js';
import { checkOf } from './checks.js';
import type { Finding, Level } from './finding.js';
import { type Advice, adviceFor } from './preset.js';
import type { Diagnosis } from './run.js';
import { clean } from './text.js';

/** The result in numbers, and what to look at first. */
export function summarise({ findings }: Diagnosis) {
  const of = (level: Level) => findings.filter((finding) => finding.level === level);
  const [problems, warnings] = [of('problem'), of('warning')];
  return {
    problems,
    warnings,
    notes: of('note'),
    good: of('ok'),
    first: problems[0] ?? warnings[0],
  };
}

/**
 * The first real cause on top, with everything needed to act on it; then the rest.
 *
 * @param width of the terminal, in characters
 */
export function describeDiagnosis(diagnosis: Diagnosis, style: Style, width = 100): string {
  const { url, skipped } = diagnosis;
  const { problems, warnings, notes, good } = summarise(diagnosis);
  const explain = (finding: Finding) => ['', ...explainFinding(finding, diagnosis, style, width)];
  const [first, ...others] = problems;
  return lines([
    `${style.bold('Diagnosis')} of ${clean(url)}: ${count(problems.length, warnings.length)}`,
    ...(first === undefined ? [] : explain(first)),
    ...(others.length === 0 ? [] : ['', style.bold('Also:'), ...others.flatMap(explain)]),
    ...warnings.flatMap(explain),
    ...(notes.length === 0 ? [] : ['', style.bold('Good to know:')]),
    ...notes.flatMap((finding) => ['', ...mention(finding, style, width)]),
    ...(good.length === 0 ? [] : ['', style.bold('What is fine:')]),
    ...good.map(
      (finding) => `  ${style.green('✓')} ${finding.title}${style.dim(detail(finding, width))}`,
    ),
    ...(skipped.length === 0 ? [] : ['', style.bold('Not looked at:')]),
    ...skipped.flatMap((text) => wrap(text, width, '  ')),
    '',
    ...wrap(conclude(diagnosis), width, ''),
  ]);
}

function count(problems: number, warnings: number): string {
  const number = (amount: number, what: string) => `${amount} ${what}${amount === 1 ? '' : 's'}`;
  const parts = [
    ...(problems > 0 ? [number(problems, 'problem')] : []),
    ...(warnings > 0 ? [number(warnings, 'warning')] : []),
  ];
  return parts.join(', ') || 'nothing is wrong';
}

function conclude(diagnosis: Diagnosis): string {
  const { problems, warnings, notes } = summarise(diagnosis);
  if (problems.length > 0)
    return 'Mend the first one, then run this again: what comes after it may follow from it.';
  const open = notes.some(({ id }) => id === 'endpoint-open');
  const able = open
    ? 'Clients can use the server, and so can everybody else who reaches it'
    : 'Clients can log in as far as this can see';
  return warnings.length > 0 ? `${able}; the warnings concern some of them.` : `${able}.`;
}

const marks: Readonly<Record<Level, string>> = { ok: '✓', note: '·', warning: '!', problem: '✗' };

function explainFinding(
  finding: Finding,
  diagnosis: Diagnosis,
  style: Style,
  width: number,
): string[] {
  const { id, level, title, seen, why, cure, page } = finding;
  const mark = level === 'problem' ? style.red(marks.problem) : marks[level];
  const advice = adviceOf(finding, diagnosis);
  const names = Object.keys(seen);
  // Long names (addresses) have their values below, so that the others stay aligned.
  const column = Math.max(
    0,
    ...names.filter((name) => name.length <= 30).map((name) => name.length),
  );
  const label = (name: string, text: string | undefined) =>
    text === undefined ? [] : wrap(`${name} ${text}`, width, '  ', ' '.repeat(name.length + 1));
  return [
    `${mark} ${style.bold(title)}  ${style.dim(`[${id}]`)}`,
    ...Object.entries(seen).flatMap(([name, value]) =>
      name.length > 30
        ? [`    ${name}:`, `      ${value}`]
        : [`    ${name.padEnd(column)}  ${value}`],
    ),
    ...label('Why:', why),
    ...label('Cure:', cure),
    ...(advice === undefined ? [] : label(`${advice.title}:`, advice.text)),
    ...(page === undefined ? [] : [`  See: ${page}`]),
    ...(advice?.page === undefined ? [] : [`       ${advice.page}`]),
  ];
}

function adviceOf(finding: Finding, { preset, resource }: Diagnosis): Advice | undefined {
  return preset && finding.level !== 'ok' ? adviceFor(finding, preset, resource) : undefined;
}

/** In two or three lines: nothing has to be done. */
function mention({ id, title, seen, why }: Finding, style: Style, width: number): string[] {
  const values = Object.values(seen).join(', ');
  return [
    `${marks.note} ${style.bold(title)}  ${style.dim(`[${id}]`)}`,
    ...(values === '' ? [] : wrap(values, width, '    ')),
    ...wrap(why ?? '', width, '  '),
  ];
}

/** What was looked at, as far as it fits on the line. */
function detail({ title, seen }: Finding, width: number): string {
  const [value = ''] = Object.values(seen);
  const room = width - title.length - 8;
  return value === '' || value.length > room ? '' : `  ${value}`;
}

/** The diagnosis as a value for JSON; docs/doctor.md describes it. */
export function diagnosisToJson(diagnosis: Diagnosis): DiagnosisOutput {
  const { url, findings, skipped, preset } = diagnosis;
  const { problems, warnings, first } = summarise(diagnosis);
  return {
    ok: problems.length === 0,
    kind: 'diagnosis',
    url,
    first: first?.id ?? null,
    problems: problems.length,
    warnings: warnings.length,
    provider: preset?.provider.id ?? null,
    findings: findings.map((finding) => {
      const { id, level, title, seen, why, cure, page } = finding;
      const advice = adviceOf(finding, diagnosis);
      return {
        id,
        check: checkOf(id),
        level,
        title,
        seen,
        ...(why && { why }),
        ...(cure && { cure }),
        ...(page && { page }),
        ...(advice && { provider: advice }),
      };
    }),
    skipped,
  };
}
