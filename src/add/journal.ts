/** Takes changes back: at once after a failure or a signal, or later, after a run that was killed. */
import type * as nodeFileSystem from 'node:fs';
import { join } from 'node:path';
import { blobId } from '../blob-id.js';
import { parentsOf } from './project-files.js';

/** The operations that this needs; injected, so that tests can make any of them fail. */
export type FileSystem = Pick<
  typeof nodeFileSystem,
  | 'chmodSync'
  | 'lstatSync'
  | 'mkdirSync'
  | 'readFileSync'
  | 'renameSync'
  | 'rmdirSync'
  | 'rmSync'
  | 'unlinkSync'
  | 'writeFileSync'
>;

/** Holds everything, while there is something to take back. */
export const scratch = '.create-mcp-server.tmp';

/** A line of the journal: git's names of a file's contents, before and after; null: no file. */
export interface Entry {
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * Brings every file back that is as the changes made it. Never throws.
 *
 * @param applied how many changes were made, if that is known
 * @returns the paths of files that somebody else has changed
 */
export function undo(directory: string, fs: FileSystem, applied?: number): string[] {
  const place = join(directory, scratch);
  const failed: string[] = [];
  for (const [index, entry] of [...readJournal(place, fs).entries()].reverse()) {
    // What failed may have left directories behind, but no file.
    if (applied !== undefined && index >= applied) {
      removeEmpty(directory, entry.path, fs);
      continue;
    }
    try {
      if (!undoChange(directory, entry, index, fs)) failed.push(entry.path);
    } catch {
      failed.push(entry.path);
    }
  }
  try {
    // What could not be brought back is still in there.
    if (failed.length === 0) fs.rmSync(place, { recursive: true, force: true });
  } catch {
    failed.push(scratch);
  }
  return failed;
}

/** @returns whether the file is as it was */
function undoChange(
  directory: string,
  { path, before, after }: Entry,
  index: number,
  fs: FileSystem,
): boolean {
  const destination = join(directory, path);
  const current = nameOf(destination, fs);
  if (current === before) {
    if (current === null) removeEmpty(directory, path, fs);
    return true;
  }
  if (current !== after) return false;
  if (before === null) {
    fs.unlinkSync(destination);
    removeEmpty(directory, path, fs);
  } else {
    makeParents(directory, path, fs);
    fs.renameSync(join(directory, scratch, `old-${index}`), destination);
  }
  return true;
}

function readJournal(place: string, fs: FileSystem): Entry[] {
  try {
    return JSON.parse(fs.readFileSync(join(place, 'journal'), 'utf8'));
  } catch {
    // Without it nothing was changed yet, or everything was.
    return [];
  }
}

/** Git's name of what is there; null if nothing is. */
export function nameOf(path: string, fs: FileSystem): string | null {
  try {
    return blobId(fs.readFileSync(path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw error;
  }
}

export function idOf(contents: Buffer | undefined): string | null {
  return contents === undefined ? null : blobId(contents);
}

/** A link in the way is refused: it could lead out of the project. */
export function makeParents(directory: string, path: string, fs: FileSystem): void {
  for (const parent of parentsOf(path)) {
    const found = fs.lstatSync(join(directory, parent), { throwIfNoEntry: false });
    if (found === undefined) fs.mkdirSync(join(directory, parent));
    else if (!found.isDirectory()) throw new Error(`${parent} is not a directory`);
  }
}

export function removeEmpty(directory: string, path: string, fs: FileSystem): void {
  for (const parent of parentsOf(path).reverse()) {
    try {
      fs.rmdirSync(join(directory, parent));
    } catch {
      return;
    }
  }
}
