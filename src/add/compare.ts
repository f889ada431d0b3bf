/**
 * Compares what was generated, what somebody made of it, and what is generated now, and decides
 * what becomes of each file. What somebody did is never lost.
 */
import { blobId } from '../blob-id.js';
import type { RenderedFile } from '../render.js';
import type { Git } from './git.js';
import { likeIn, toLf } from './line-ends.js';
import { type Merge, mergeFile } from './merge.js';

/** What is at a path of the project: a file's contents, nothing, or a link or a directory. */
export type Found = Buffer | 'nothing' | 'obstacle';

/** A file that will be written or removed. */
export interface Change {
  readonly path: string;
  /** `merge`: with what somebody did; `change`: a line of it. */
  readonly action: 'create' | 'replace' | 'merge' | 'change' | 'remove';
  readonly before?: Buffer | undefined;
  /** Absent: the file is removed. */
  readonly after?: Buffer | undefined;
}

/** A file that stays as it is, although something else is generated now. */
export interface Kept {
  readonly path: string;
  /** `changed`: it is no longer generated, but somebody changed it. `deleted`: somebody removed it. */
  readonly reason: 'changed' | 'deleted';
}

/** A file that somebody has to look at. */
export interface Conflict {
  readonly path: string;
  /** Sentences without a full stop. */
  readonly reasons: readonly string[];
  readonly before?: Buffer | undefined;
  /** What is generated now. */
  readonly generated: Buffer;
  /** Both in one; absent where they cannot be. */
  readonly merge?: Merge | undefined;
}

export interface Comparison {
  readonly changes: readonly Change[];
  readonly kept: readonly Kept[];
  readonly conflicts: readonly Conflict[];
}

export interface Sides {
  /** Git's object name of each file as it was generated. */
  readonly recorded: Readonly<Record<string, string>>;
  /** What is there; the contents of recorded and generated files. */
  readonly find: (path: string) => Found;
  /** What is generated now. */
  readonly generated: readonly RenderedFile[];
  /** The contents that a file was generated with; undefined if nobody knows them any more. */
  readonly readBase: (path: string, id: string) => Promise<Buffer | undefined>;
  readonly git: Git;
}

export async function compareProject(sides: Sides): Promise<Comparison> {
  const changes: Change[] = [];
  const kept: Kept[] = [];
  const conflicts: Conflict[] = [];
  const generated = new Map(sides.generated.map(({ path, contents }) => [path, contents]));
  const paths = new Set([...Object.keys(sides.recorded), ...generated.keys()]);
  for (const path of [...paths].sort()) {
    const outcome = await compareFile(path, generated.get(path), sides);
    if (outcome === undefined) continue;
    if ('action' in outcome) changes.push(outcome);
    else if ('generated' in outcome) conflicts.push(outcome);
    else kept.push(outcome);
  }
  return { changes, kept, conflicts };
}

/** @returns undefined if the file is and stays what it should be */
async function compareFile(
  path: string,
  generated: Buffer | undefined,
  { recorded, find, readBase, git }: Sides,
): Promise<Change | Kept | Conflict | undefined> {
  const id = recorded[path];
  const found = find(path);
  if (generated !== undefined && blobId(generated) === id) return undefined;
  if (found === 'nothing') {
    if (generated === undefined) return undefined;
    if (id !== undefined) return { path, reason: 'deleted' };
    return { path, action: 'create', after: generated };
  }
  if (found === 'obstacle') {
    if (generated === undefined) return { path, reason: 'changed' };
    return { path, generated, reasons: ['A link or a directory is in its place'] };
  }

  const ours = toLf(found);
  const untouched = blobId(ours) === id || blobId(found) === id;
  if (generated === undefined) {
    return untouched ? { path, action: 'remove', before: found } : { path, reason: 'changed' };
  }
  if (ours.equals(generated)) return undefined;
  const after = likeIn(found, generated);
  if (untouched) return { path, action: 'replace', before: found, after };
  const stays = { path, before: found, generated: after };
  if (id === undefined) return { ...stays, ...(await mark(git, path, found, generated, 'own')) };
  const base = await readBase(path, id);
  if (base === undefined) {
    return { ...stays, ...(await mark(git, path, found, generated, 'unknown')) };
  }
  const merge = await mergeFile(git, path, { base, ours, theirs: generated });
  const contents = likeIn(found, merge.contents);
  if (merge.conflicts.length === 0) {
    return contents.equals(found)
      ? undefined
      : { path, action: 'merge', before: found, after: contents };
  }
  return { ...stays, reasons: merge.conflicts, merge: { ...merge, contents } };
}

const reasons = {
  own: 'It was not generated before, and you have one of your own',
  unknown: 'You changed it, and what it was generated as is not known any more',
};

/** Two versions with nothing that they come from: whatever differs is a conflict. */
async function mark(
  git: Git,
  path: string,
  found: Buffer,
  generated: Buffer,
  reason: keyof typeof reasons,
): Promise<Pick<Conflict, 'reasons' | 'merge'>> {
  const versions = { base: Buffer.alloc(0), ours: toLf(found), theirs: generated };
  const merge = await mergeFile(git, path, versions);
  // That everything differs goes without saying, unless values of keys do.
  const more = merge.marked ? [] : merge.conflicts;
  const contents = likeIn(found, merge.contents);
  return { reasons: [reasons[reason], ...more], merge: { ...merge, contents } };
}
