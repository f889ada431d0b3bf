/** Loads layers from disk. The rest of the pipeline works on what this returns. */
import { readdirSync, readFileSync } from 'node:fs';
import nodePath, { join, type PlatformPath } from 'node:path';
import { unifyLines } from './lines.js';

/** A directory below templates/, and the folder of the project that its files go into, if any. */
export type LayerChoice = string | { readonly layer: string; readonly into: 'dev' | 'src' };

/** One directory below templates/: its files by path, with forward slashes. */
export interface Layer {
  readonly name: string;
  /** See {@link LayerChoice}; package.json and slots stay where they are. */
  readonly into?: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

/**
 * Reads whole layers into memory: a few dozen small files.
 *
 * @param directory the path of templates/
 */
export function loadLayers(directory: string, choices: readonly LayerChoice[]): Layer[] {
  return choices.map((choice) => {
    const { layer: name, ...place } = typeof choice === 'string' ? { layer: choice } : choice;
    return { name, ...place, files: readTree(join(directory, name)) };
  });
}

function readTree(root: string): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = storedPath(root, path);
    // Tools that run inside a layer leave their caches there.
    if (!name.startsWith('node_modules/')) files.set(name, unifyLines(readFileSync(path)));
  }
  return files;
}

/** The path of a file inside a layer, with forward slashes. */
export function storedPath(root: string, file: string, path: PlatformPath = nodePath): string {
  return path.relative(root, file).split(path.sep).join('/');
}
