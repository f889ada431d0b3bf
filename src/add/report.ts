/** Says what `add` and `upgrade` did, or would do: to people, or as one JSON document to programs. */
import { lines, section, wrapAll } from '../report.js';
import type { ChangedOutput, ChangePlanOutput, Step } from '../schema/output.js';
import type { Style } from '../terminal.js';
import type { Change, Conflict, Kept } from './compare.js';
import type { SettingsChange } from './settings.js';

export interface Outcome {
  /** What the project has then: `the tool send_mail`, `the login of Auth0`. */
  readonly subject: string;
  /** The package's. */
  readonly name: string;
  /** Of the project, absolute. */
  readonly directory: string;
  readonly changes: readonly Change[];
  readonly kept: readonly Kept[];
  readonly conflicts: readonly Conflict[];
  readonly settings: SettingsChange;
  readonly notes: readonly string[];
  /** What was done then; of a plan: a unified diff. */
  readonly end:
    | { readonly installed: boolean; readonly next: readonly Step[] }
    | { readonly diff: string };
}

/** More than these new files are only counted. */
const listed = 5;

const actions = {
  create: 'new',
  replace: 'replaced',
  merge: 'merged with your changes',
  change: 'changed',
  remove: 'removed',
} as const satisfies Record<Change['action'], string>;

const reasons = {
  changed: 'no longer generated, but you changed it',
  deleted: 'you deleted it, so its new version is left out',
} as const satisfies Record<Kept['reason'], string>;

export function describeOutcome(outcome: Outcome, style: Style): string {
  const { subject, name, directory, changes, kept, conflicts, settings, end } = outcome;
  if (changes.length + kept.length + conflicts.length === 0) {
    return lines([`${style.green('✔')} Nothing to do: ${name} has ${subject} already`]);
  }
  const created = pathsOf(changes, 'create');
  const merged = pathsOf(changes, 'merge').filter(
    (path) => !conflicts.some((conflict) => conflict.path === path),
  );
  const headline =
    'diff' in end
      ? `${style.bold(name)} in ${directory} would get ${subject}`
      : `${style.green('✔')} ${style.bold(name)} in ${directory} has ${subject} now`;
  return lines([
    `${headline}: ${count(changes)}`,
    ...section('New', created.length > listed ? [] : created),
    ...section('Changed', pathsOf(changes, 'change')),
    ...section('Removed', pathsOf(changes, 'remove')),
    ...section('Merged with your changes', merged),
    ...section(
      'Kept as they are',
      kept.map(({ path, reason }) => `${path}: ${reasons[reason]}`),
    ),
    ...section(
      style.red('Conflicts'),
      conflicts.map(
        (conflict) => `${describeConflict(conflict)}. ${describeEnd(conflict, changes)}`,
      ),
    ),
    ...section('Put this into .env', settings.set),
    ...section('No longer read from .env', settings.unused),
    ...section('Note', wrapAll(outcome.notes, style)),
    ...('diff' in end
      ? ['', end.diff.trimEnd(), '', 'Nothing was written.']
      : section('Next steps', describeSteps(end.next, style))),
  ]);
}

function describeSteps(steps: readonly Step[], style: Style): string[] {
  return steps.map(({ title, command }) => style.bold(command ?? `# ${title}`));
}

export function describeConflict({ path, reasons: why }: Conflict): string {
  return `${path}: ${why.join('; ')}`;
}

/** What becomes of it. */
function describeEnd({ path, merge }: Conflict, changes: readonly Change[]): string {
  if (changes.some((change) => change.path === `${path}.new`)) {
    return `It stays; the new version is ${path}.new.`;
  }
  if (!changes.some((change) => change.path === path)) return 'It needs a decision: --conflicts.';
  return merge?.marked
    ? 'Both versions are in it, between marks.'
    : 'What is yours stays in it; the rest is merged.';
}

export function outcomeToJson(outcome: Outcome): ChangedOutput | ChangePlanOutput {
  const { name, directory, changes, kept, conflicts, settings, notes, end } = outcome;
  const common = {
    name,
    directory,
    changes: changes.map(({ path, action }) => ({ path, action })),
    kept,
    conflicts: conflicts.map(({ path, reasons: why }) => ({ path, reasons: why })),
    settings,
    notes,
  };
  if ('diff' in end) return { ok: true, kind: 'change-plan', ...common, diff: end.diff };
  return { ok: true, kind: 'changed', ...common, ...end };
}

function count(changes: readonly Change[]): string {
  const counted = Object.entries(actions).flatMap(([action, words]) => {
    const number = changes.filter((change) => change.action === action).length;
    return number === 0 ? [] : [`${number} ${words}`];
  });
  return counted.length === 0 ? 'no file' : counted.join(', ');
}

function pathsOf(changes: readonly Change[], action: Change['action']): string[] {
  return changes.filter((change) => change.action === action).map(({ path }) => path);
}
