/** Loads layers from disk. The rest of the pipeline works on what this returns. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** Folder by folder: the file system of `yarn dlx`, which reads from a zip archive, cannot do it at once. */
function readTree(root: string, folder = ''): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = folder + entry.name;
    // Tools that run inside a layer leave their caches there.
    if (path === 'node_modules') continue;
    if (entry.isFile()) files.set(path, unifyLines(readFileSync(join(root, path))));
    if (entry.isDirectory()) {
      for (const [name, contents] of readTree(root, `${path}/`)) files.set(name, contents);
    }
  }
  return files;
}
