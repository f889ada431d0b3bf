/** Says to people what came of a run; src/result.ts says it to programs. */
import { spellCommand } from './command.js';
import { type CommandError, ExitStatus } from './errors.js';
import { describeSteps } from './next-steps.js';
import type { OAuthOptions } from './oauth-options.js';
import type { Options } from './options.js';
import type { RenderedProject } from './render.js';
import type { Style } from './terminal.js';
import { wrap } from './wrap.js';

/** What happened, for the report. */
export interface Outcome {
  readonly options: Options;
  readonly project: RenderedProject;
  /** Files that took the place of others. */
  readonly replaced: readonly string[];
  readonly committed: boolean;
  readonly notes: readonly string[];
  /** Seconds from the last answer to the end. */
  readonly seconds: number;
}

/** The plan of a run that writes nothing. */
export type Preview = Pick<Outcome, 'options' | 'project' | 'replaced' | 'notes'>;

export function describeOutcome(outcome: Outcome, style: Style): string {
  const { options, project, replaced, notes, seconds } = outcome;
  const count = project.files.length;
  return lines([
    `${style.green('✔')} Created ${style.bold(options.name)} in ${options.target}: ${count} files, ${seconds.toFixed(1)} s`,
    ...section('Replaced', replaced),
    ...section('Note', wrapAll(notes, style)),
    ...section(
      'Next steps',
      describeSteps(options).map((step) => style.bold(step)),
    ),
    ...(options.oauth === undefined
      ? []
      : [
          '',
          ...wrap(
            `OAuth: OAUTH.md explains how it works and ${nextAtProvider(options.oauth)}.`,
            style.width,
          ),
        ]),
    '',
    style.dim('To make the same project again:'),
    style.dim(`  ${spellCommand(options, options.directory)}`),
  ]);
}

function nextAtProvider({ development }: OAuthOptions): string {
  return development ? 'how to switch to your provider' : 'what to do at your provider';
}

export function describePreview(
  { options, project, replaced, notes }: Preview,
  style: Style,
): string {
  const width = Math.max(...project.files.map(({ path }) => path.length));
  const digits = Math.max(...project.files.map(({ contents }) => `${contents.length}`.length));
  const total = project.files.reduce((sum, { contents }) => sum + contents.length, 0);
  const { dependencies, devDependencies } = dependenciesOf(project);
  const listed = (map: Record<string, string>) =>
    Object.entries(map).map(([name, range]) => `${name} ${range}`);
  return lines([
    `Would create ${style.bold(options.name)} in ${options.target}: ${project.files.length} files, ${total} bytes`,
    ...section(
      'Files',
      project.files.map(
        ({ path, contents }) => `${path.padEnd(width)}  ${`${contents.length}`.padStart(digits)}`,
      ),
    ),
    ...section('Would replace', replaced),
    ...section('Note', wrapAll(notes, style)),
    ...section('Dependencies', listed(dependencies)),
    ...section('Development dependencies', listed(devDependencies)),
    '',
    'Nothing was written.',
  ]);
}

export function describeError(error: CommandError, style: Style): string {
  const mark = error.exitStatus === ExitStatus.cancelled ? '■' : '✘';
  return lines([
    `${style.red(mark)} ${style.bold(error.message)}.`,
    ...wrap(error.why, style.width, '  '),
    // Never broken: it may be a command to copy.
    `  ${error.fix}`,
  ]);
}

/** The merged dependencies of the layers, by name. */
export function dependenciesOf({ manifest }: RenderedProject) {
  const { dependencies = {}, devDependencies = {} } = manifest;
  return {
    dependencies: dependencies as Record<string, string>,
    devDependencies: devDependencies as Record<string, string>,
  };
}

/** Sentences for below a heading, which is indented by two. */
export function wrapAll(sentences: readonly string[], { width }: Style): string[] {
  return sentences.flatMap((sentence) => wrap(sentence, width && width - 2));
}

/** A heading with its items; nothing if there are none. */
export function section(title: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : ['', `${title}:`, ...items.map((item) => `  ${item}`)];
}

/** A text whose every line ends. */
export function lines(list: readonly string[]): string {
  return `${list.join('\n')}\n`;
}
