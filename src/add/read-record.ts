/** Reads what a project remembers of how it was made; strictly, because files are written after it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Choices, runFlags } from '../choices.js';
import { type CommandError, RunError, systemReason, UsageError } from '../errors.js';
import { commands } from '../grammar.js';
import { invocation } from '../invocation.js';
import { planPathProblem } from '../names.js';
import type { OptionRow } from '../option.js';
import { type Options, resolveOptions } from '../options.js';
import { type ProjectRecord, recordFile } from '../record.js';
import { compareVersions, isVersion } from './version.js';

/** How each option is written down, by its key. */
const kinds = Object.fromEntries(
  Object.entries<OptionRow>(commands.scaffold.options)
    .filter(([key]) => !(runFlags as readonly string[]).includes(key))
    .map(([key, { value, repeatable }]) => [
      key,
      value === undefined ? 'boolean' : repeatable ? 'strings' : 'string',
    ]),
);

/**
 * @param directory absolute
 * @param version of this command
 * @throws UsageError if no project is there, RunError if its record cannot be used
 */
export function readRecord(directory: string, version: string): ProjectRecord {
  const value = parse(readText(directory));
  if (!isObject(value)) throw invalid('it is not an object');
  // First, because a newer version may have written down what this one does not know.
  refuseNewer(value.version, version);
  refuseUnknown(value, ['version', 'name', 'options', 'files'], '');
  if (typeof value.name !== 'string') throw invalid('"name" is not a string');
  checkOptions(value.options);
  checkFiles(value.files);
  return value as unknown as ProjectRecord;
}

/**
 * The options that a record stands for.
 *
 * @param directory where the project is, absolute
 * @throws RunError if they cannot be used, or are of another version
 */
export function optionsOf(record: ProjectRecord, directory: string): Options {
  try {
    const options = resolveProject(record.name, flagsOf(record), directory);
    if (options.name === record.name) return options;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    throw invalid(`${decapitalize(error.message)}. ${error.why}`);
  }
  throw invalid('"name" is not the name of a package');
}

/** The choices of a record, as the command line would have them. */
export function flagsOf({ options: { set, ...choices } }: ProjectRecord): Choices {
  const assignments = Object.entries(set ?? {}).map(([key, value]) => `${key}=${value}`);
  return { ...choices, ...(set && { set: assignments }) };
}

/**
 * @param name the package's, when the project was made: directories are renamed, what is generated is not
 * @throws UsageError for the first choice that cannot be used
 */
export function resolveProject(name: string, choices: Choices, directory: string): Options {
  const run = { install: true, git: false, yes: true, dryRun: false, overwrite: true };
  const flags = { ...choices, ...run, directory: name };
  const options = resolveOptions(flags, { cwd: '/', home: '/home', userAgent: undefined });
  return { ...options, directory: '.', target: directory };
}

function readText(directory: string): string {
  try {
    return readFileSync(join(directory, recordFile), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw notAProject(directory);
    throw new RunError(
      'RECORD_UNREADABLE',
      {
        what: `${recordFile} cannot be read`,
        why: `${systemReason(error)}.`,
        fix: 'Check its permissions, and run the command again.',
      },
      { cause: error },
    );
  }
}

function notAProject(directory: string): CommandError {
  const above = findAbove(directory);
  return new UsageError('NOT_A_PROJECT', {
    what: `There is no ${recordFile} in ${directory}`,
    why: 'It says how a project was made, and only such projects can be added to and upgraded.',
    fix:
      above === undefined
        ? `Run this in the directory of a project that was made with ${invocation}.`
        : `There is one in ${above}: run the command there.`,
  });
}

function findAbove(directory: string): string | undefined {
  for (let current = dirname(directory); ; current = dirname(current)) {
    if (existsSync(join(current, recordFile))) return current;
    if (current === dirname(current)) return undefined;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (/^<{7} /m.test(text)) throw invalid('a conflict of a merge is still in it');
    throw invalid(`it is not JSON (${(error as Error).message})`);
  }
}

function refuseNewer(recorded: unknown, version: string): void {
  if (typeof recorded !== 'string' || !isVersion(recorded)) {
    throw invalid('"version" is not a version such as "1.2.3"');
  }
  if (compareVersions(recorded, version) <= 0) return;
  throw new RunError('RECORD_NEWER', {
    what: `The project is of create-mcp-server ${recorded}, which is newer than this one, ${version}`,
    why: 'An older version does not know what a newer one makes.',
    fix: `Use that version, or the latest: ${invocation}@latest`,
  });
}

function checkOptions(options: unknown): void {
  if (!isObject(options)) throw invalid('"options" is not an object');
  refuseUnknown(options, Object.keys(kinds), 'options.');
  for (const [key, value] of Object.entries(options)) {
    const kind = kinds[key];
    const fits =
      kind === 'strings'
        ? isObject(value) && Object.values(value).every((each) => typeof each === 'string')
        : typeof value === kind;
    if (fits) continue;
    throw invalid(
      `"options.${key}" is not ${kind === 'strings' ? 'an object of strings' : `a ${kind}`}`,
    );
  }
}

function checkFiles(files: unknown): void {
  if (!isObject(files)) throw invalid('"files" is not an object');
  for (const [path, id] of Object.entries(files)) {
    const problem = planPathProblem(path);
    if (problem !== undefined) throw invalid(`"files" has a path that is refused: ${problem}`);
    if (typeof id === 'string' && /^[0-9a-f]{40}$/.test(id)) continue;
    throw invalid(`"files" has no object name of git for ${JSON.stringify(path)}`);
  }
}

function refuseUnknown(value: object, known: readonly string[], prefix: string): void {
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw invalid(`it has ${JSON.stringify(prefix + unknown)}, which nobody knows`);
}

function invalid(problem: string): RunError {
  return new RunError('RECORD_INVALID', {
    what: `${recordFile} cannot be used`,
    why: `${problem.charAt(0).toUpperCase()}${problem.slice(1).replace(/\.$/, '')}. The file is written by this command, and not to be edited.`,
    fix: `Restore it, for example with: git checkout HEAD -- ${recordFile}`,
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function decapitalize(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
