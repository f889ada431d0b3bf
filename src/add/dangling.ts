/** Finds what somebody's own code imports of the project that will not be there any more. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, sep } from 'node:path';
import type { Change } from './compare.js';

/** @returns a sentence for each import that would lead nowhere */
export function noteDangling(directory: string, changes: readonly Change[]): string[] {
  const removed = new Set(
    changes.filter(({ action }) => action === 'remove').map(({ path }) => path),
  );
  if (removed.size === 0) return [];
  const after = new Map(changes.map((change) => [change.path, change.after]));
  return ['src', 'test', 'dev']
    .flatMap((folder) => listSources(directory, folder))
    .filter((path) => !removed.has(path))
    .flatMap((path) => {
      const text = String(after.get(path) ?? readFileSync(join(directory, path)));
      const lost = importsOf(path, text).find((imported) => removed.has(imported));
      return lost === undefined ? [] : [`${path} imports ${lost}, which goes: change it by hand.`];
    });
}

function listSources(directory: string, folder: string): string[] {
  try {
    return readdirSync(join(directory, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
      .map((path) => path.replaceAll(sep, '/'));
  } catch {
    // A folder that is not there imports nothing.
    return [];
  }
}

/** The project's own files that a source imports, by path. */
function importsOf(path: string, source: string): string[] {
  const specifiers = source.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)\.js['"]/g);
  return [...specifiers].map(([, name = '']) => posix.join(posix.dirname(path), `${name}.ts`));
}
