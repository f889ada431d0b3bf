/** Looks at the files of a project; links are not followed, because they could lead out of it. */
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { RunError, systemReason } from '../errors.js';
import type { Found } from './compare.js';

/** @throws RunError for what is there and cannot be read */
export function findFile(directory: string, path: string): Found {
  for (const parent of parentsOf(path)) {
    const found = look(directory, parent);
    if (found === undefined) return 'nothing';
    if (!found.isDirectory()) return 'obstacle';
  }
  const found = look(directory, path);
  if (found === undefined) return 'nothing';
  if (!found.isFile()) return 'obstacle';
  return readOrExplain(path, () => readFileSync(join(directory, path)));
}

/** The names of files in a folder of the project; none if it is not there. */
export function listFolder(directory: string, folder: string): string[] {
  if (!look(directory, folder)?.isDirectory()) return [];
  return readOrExplain(folder, () => readdirSync(join(directory, folder)));
}

/** `a/b/c` → `a`, `a/b`. */
export function parentsOf(path: string): string[] {
  const parent = dirname(path);
  return parent === '.' ? [] : [...parentsOf(parent), parent];
}

function look(directory: string, path: string) {
  return readOrExplain(path, () => lstatSync(join(directory, path), { throwIfNoEntry: false }));
}

function readOrExplain<Result>(path: string, read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw new RunError(
      'PROJECT_UNREADABLE',
      {
        what: `${path} cannot be read`,
        why: `${systemReason(error)}.`,
        fix: 'Check its permissions, and run the command again.',
      },
      { cause: error },
    );
  }
}
