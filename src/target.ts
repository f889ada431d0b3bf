/** Looks at the place a project is to be written to, before anything is written. */
import { lstatSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { RunError, systemReason } from './errors.js';
import type { RenderedFile } from './render.js';
import { secretFile } from './secret-file.js';

/** What is at the target. */
export type TargetState =
  /** Nothing. */
  | 'absent'
  /** A directory that is empty, or holds only `.git`. */
  | 'empty'
  /** A directory with other entries, which may be overwritten. */
  | 'occupied';

/**
 * @param target absolute
 * @throws RunError if a project cannot go there
 */
export function inspectTarget(target: string, overwrite: boolean): TargetState {
  const entries = readEntries(target);
  if (entries === undefined) return 'absent';
  const others = entries.filter((entry) => entry !== '.git').sort();
  if (others.length === 0) return 'empty';
  if (overwrite) return 'occupied';

  const shown = others.slice(0, 5).join(', ');
  const more = others.length > 5 ? ` and ${others.length - 5} more` : '';
  throw new RunError('TARGET_NOT_EMPTY', {
    what: `${target} is not empty`,
    why: `It holds ${shown}${more}.`,
    fix: 'Choose another directory, or add --overwrite to replace the files that a new project has too.',
    option: 'directory',
  });
}

function readEntries(target: string): string[] | undefined {
  try {
    if (!statSync(target).isDirectory()) {
      throw Object.assign(new Error('not a directory'), { code: 'ENOTDIR' });
    }
    return readdirSync(target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A broken link is not an absent target: something is in the way.
    if (code === 'ENOENT' && !isLink(target)) return undefined;
    if (code === 'ENOTDIR' || code === 'ENOENT') {
      throw new RunError(
        'TARGET_NOT_A_DIRECTORY',
        {
          what: `${target} cannot become a directory`,
          why: 'The path, or a part of it, is a file or a broken link.',
          fix: 'Choose another directory, or move what is there.',
          option: 'directory',
        },
        { cause: error },
      );
    }
    throw new RunError(
      'TARGET_UNREADABLE',
      {
        what: `${target} cannot be read`,
        why: systemReason(error),
        fix: 'Check its permissions, or choose another directory.',
        option: 'directory',
      },
      { cause: error },
    );
  }
}

function isLink(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

/**
 * Finds what a plan meets in a directory that is not empty. A link in the way is refused: following
 * it could lead out of the target.
 *
 * @returns the paths of files that are there already: those that will be replaced, and those that
 *   will be kept
 * @throws RunError if something other than a file is in the way
 */
export function findExisting(
  target: string,
  files: readonly RenderedFile[],
): { replaced: string[]; kept: string[] } {
  const existing = files.map(({ path }) => path).filter((path) => exists(target, path));
  return {
    replaced: existing.filter((path) => path !== secretFile),
    kept: existing.filter((path) => path === secretFile),
  };
}

function exists(target: string, path: string): boolean {
  const segments = path.split('/');
  for (const [index] of segments.slice(1).entries()) {
    const directory = segments.slice(0, index + 1).join('/');
    const found = lstatSync(join(target, directory), { throwIfNoEntry: false });
    if (found === undefined) return false;
    if (!found.isDirectory()) throw inTheWay(directory, path, 'a directory is needed there');
  }
  const found = lstatSync(join(target, path), { throwIfNoEntry: false });
  if (found?.isDirectory()) throw inTheWay(path, path, 'a file is needed there');
  return found !== undefined;
}

function inTheWay(obstacle: string, path: string, need: string): RunError {
  return new RunError('TARGET_OBSTRUCTED', {
    what: `"${obstacle}" is in the way of "${path}"`,
    why: `It is a link, a file or a directory where ${need}.`,
    fix: 'Move it away, or choose another directory.',
    option: 'directory',
  });
}
