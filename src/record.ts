/**
 * What a project remembers of how it was made: the version of this command, the choices, and what
 * each file was. `add` and `upgrade` make the same files again from it, and see which of them
 * somebody has changed since.
 */
import { blobId } from './blob-id.js';
import { type Choices, choicesOf } from './choices.js';
import type { Options } from './options.js';
import type { RenderedFile, RenderedProject } from './render.js';
import { secretFile } from './secret-file.js';

export const recordFile = 'create-mcp-server.json';

/** The file as JSON. */
export interface ProjectRecord {
  /** The version of create-mcp-server that made the files. */
  readonly version: string;
  /** The package's name at that time. */
  readonly name: string;
  /** As the command line has them, by the names of {@link Choices}. */
  readonly options: RecordedOptions;
  /** The files as they were made, by path: git's object name of each. */
  readonly files: Readonly<Record<string, string>>;
}

/** {@link Choices}, with `set` as an object. */
export type RecordedOptions = Omit<Choices, 'set'> & {
  readonly set?: Readonly<Record<string, string>>;
};

/** Adds the record to the files of a project. */
export function addRecord(
  project: RenderedProject,
  options: Options,
  version: string,
): RenderedProject {
  const record = spellRecord(createRecord(project.files, options, version));
  const files = [...project.files, { path: recordFile, contents: record }];
  return { ...project, files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

export function createRecord(
  files: readonly RenderedFile[],
  options: Options,
  version: string,
): ProjectRecord {
  return { version, name: options.name, options: recordedOptions(options), files: idsOf(files) };
}

export function recordedOptions(options: Options): RecordedOptions {
  const { set, ...choices } = choicesOf(options);
  return { ...choices, ...(set && { set: Object.fromEntries(set.map(splitAssignment)) }) };
}

/** Git's object name of each file, by path. Secrets are nobody's to compare. */
function idsOf(files: readonly RenderedFile[]): Record<string, string> {
  const recorded = files.filter(({ path }) => path !== secretFile && path !== recordFile);
  return Object.fromEntries(recorded.map(({ path, contents }) => [path, blobId(contents)]));
}

export function spellRecord(record: ProjectRecord): Buffer {
  return Buffer.from(`${JSON.stringify(record, null, 2)}\n`);
}

function splitAssignment(assignment: string): [string, string] {
  const at = assignment.indexOf('=');
  return [assignment.slice(0, at), assignment.slice(at + 1)];
}
