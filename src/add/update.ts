/**
 * What becomes of a project that is generated anew, with other options or by another version: every
 * change, and everything that is left to a person.
 */
import { blobId } from '../blob-id.js';
import { RunError } from '../errors.js';
import { type ProjectRecord, recordFile } from '../record.js';
import type { RenderedProject } from '../render.js';
import { secretFile } from '../secret-file.js';
import type { ReadBase } from './bases.js';
import {
  type Change,
  type Comparison,
  type Conflict,
  compareProject,
  type Found,
  type Kept,
} from './compare.js';
import type { Git } from './git.js';
import { compareSettings, type SettingsChange } from './settings.js';

export const resolutions = ['mark', 'keep'] as const;

/** What becomes of conflicts. */
export type Resolution = (typeof resolutions)[number];

export interface UpdateRequest {
  readonly record: ProjectRecord;
  /** What the project is made of now. */
  readonly project: RenderedProject;
  readonly find: (path: string) => Found;
  readonly readBase: ReadBase;
  readonly git: Git;
  /** Whether a file for secrets was generated before. */
  readonly hadSecrets: boolean;
  /** Puts secrets where there is room for them. */
  readonly fillSecrets: (project: RenderedProject) => RenderedProject;
  readonly resolution: Resolution | undefined;
}

export interface Update {
  /** What to write. */
  readonly changes: readonly Change[];
  readonly kept: readonly Kept[];
  readonly conflicts: readonly Conflict[];
  readonly settings: SettingsChange;
  /** Whether there is no `.env`, and none was made. */
  readonly withoutSettings: boolean;
}

/** The file that says which settings there are, and what they are without anybody's doing. */
const exampleFile = `${secretFile}.example`;

/** @throws RunError if a file is in the way of a new one beside it */
export async function planUpdate(request: UpdateRequest): Promise<Update> {
  const { record, project, find, readBase, git } = request;
  const generated = project.files.filter(({ path }) => path !== recordFile && path !== secretFile);
  const comparison = await compareProject({
    recorded: record.files,
    find,
    generated,
    readBase,
    git,
  });
  const settings = await planSettings(request);
  return {
    ...comparison,
    ...settings,
    changes: [
      ...comparison.changes,
      ...resolve(comparison, request.resolution, find),
      ...settings.changes,
      ...changeRecord(request),
    ],
  };
}

/** What is written for conflicts; nothing, unless somebody said how. */
function resolve(
  { conflicts }: Comparison,
  resolution: Resolution | undefined,
  find: UpdateRequest['find'],
): Change[] {
  if (resolution === undefined) return [];
  return conflicts.map(({ path, before, generated, merge }) => {
    // Where values of keys differ, theirs are not written anywhere: they are in the report.
    const fits = merge !== undefined && (resolution === 'mark' || path === 'package.json');
    if (fits) return { path, action: 'merge', before, after: merge.contents };
    const beside = `${path}.new`;
    if (find(beside) !== 'nothing') {
      throw new RunError('FILE_IN_THE_WAY', {
        what: `${beside} is there already`,
        why: `The new version of ${path} would go there, because you keep yours.`,
        fix: 'Move it away, and run the command again. Nothing was written.',
      });
    }
    return { path: beside, action: 'create', after: generated };
  });
}

async function planSettings({
  record,
  project,
  find,
  readBase,
  hadSecrets,
  fillSecrets,
}: UpdateRequest): Promise<Pick<Update, 'changes' | 'settings' | 'withoutSettings'>> {
  const none = { changes: [], settings: { set: [], unused: [] }, withoutSettings: false };
  const found = find(secretFile);
  if (found === 'nothing') {
    const made = fillSecrets(project).files.find(({ path }) => path === secretFile);
    if (made === undefined) return none;
    // It stays out of repositories: a fresh clone has none, and its owner makes it.
    if (hadSecrets) return { ...none, withoutSettings: true };
    return { ...none, changes: [{ path: secretFile, action: 'create', after: made.contents }] };
  }
  const now = project.files.find(({ path }) => path === exampleFile);
  if (found === 'obstacle' || now === undefined) return none;
  const id = record.files[exampleFile];
  if (id === blobId(now.contents)) return none;
  const before = id === undefined ? undefined : await readBase(exampleFile, id);
  const settings = compareSettings(String(found), before?.toString(), String(now.contents));
  return { ...none, settings };
}

function changeRecord({ project, find }: UpdateRequest): Change[] {
  const after = project.files.find(({ path }) => path === recordFile)?.contents;
  const before = find(recordFile);
  if (after === undefined || typeof before === 'string' || before.equals(after)) return [];
  return [{ path: recordFile, action: 'replace', before, after }];
}

/** Whether the same files are generated as were recorded. */
export function isSameGeneration(record: ProjectRecord, project: RenderedProject): boolean {
  const own = project.files.find(({ path }) => path === recordFile)?.contents.toString() ?? '{}';
  const { files } = JSON.parse(own) as Pick<ProjectRecord, 'files'>;
  const paths = Object.keys(files);
  return (
    paths.length === Object.keys(record.files).length &&
    paths.every((path) => files[path] === record.files[path])
  );
}
