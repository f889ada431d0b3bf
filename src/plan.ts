/**
 * Decides which files a project consists of. Layers own disjoint paths: two layers with the same
 * path are a mistake in the templates, never a matter of order. Only package.json merges.
 */
import { planPathProblem } from './names.js';
import type { Layer } from './templates.js';

/** One file of the project, before it is rendered. */
export interface PlannedFile {
  /** Relative to the project, with forward slashes. */
  readonly path: string;
  readonly layer: string;
  readonly source: Buffer;
  /** Whether the source is a template; otherwise it is copied as it is. */
  readonly template: boolean;
}

/** What a project consists of. */
export interface Plan {
  /** Sorted by path; without package.json. */
  readonly files: readonly PlannedFile[];
  /** Templates that others include, by name. */
  readonly partials: ReadonlyMap<string, PlannedFile>;
  /** The layers' package.json, in their order. */
  readonly manifests: readonly PlannedFile[];
}

/**
 * @throws Error if two layers own the same path or partial, or a path would leave the project
 */
export function planFiles(layers: readonly Layer[]): Plan {
  const files = new Map<string, PlannedFile>();
  const partials = new Map<string, PlannedFile>();
  const manifests: PlannedFile[] = [];

  for (const layer of layers) {
    for (const [stored, source] of layer.files) {
      const file = placeFile(layer, stored, source);
      const partial = /^_partials\/([\w-]+)\.hbs$/.exec(stored)?.[1];
      if (partial !== undefined) claim(partials, partial, file, partial);
      else if (file.path === 'package.json') manifests.push(file);
      else claim(files, foldCase(file.path), file, file.path);
    }
  }
  return {
    files: [...files.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    partials,
    manifests,
  };
}

/** Works out where a stored file goes: `_gitignore` → `.gitignore`, `README.md.hbs` → `README.md`. */
function placeFile({ name: layer, into }: Layer, stored: string, source: Buffer): PlannedFile {
  const template = stored.endsWith('.hbs');
  const own = (template ? stored.slice(0, -'.hbs'.length) : stored)
    .split('/')
    .map((segment) => segment.replace(/^_/, '.'))
    .join('/');
  const path = into === undefined || own === 'package.json' ? own : `${into}/${own}`;
  const problem = planPathProblem(path);
  if (problem !== undefined) {
    throw new Error(
      `The layer "${layer}" has a path that must not be written, "${path}": ${problem}`,
    );
  }
  return { path, layer, source, template };
}

/** Windows and macOS take README.md and Readme.md for one file. */
function foldCase(path: string): string {
  return path.normalize('NFC').toLowerCase();
}

/** @param name what people call the key */
function claim(
  owned: Map<string, PlannedFile>,
  key: string,
  file: PlannedFile,
  name: string,
): void {
  const owner = owned.get(key);
  if (owner !== undefined) {
    throw new Error(`The layers "${owner.layer}" and "${file.layer}" both have "${name}"`);
  }
  owned.set(key, file);
}
