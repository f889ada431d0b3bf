/** A disk as Windows has it, in memory: drives, backslashes, and capital letters that make no difference. */
import type { Stats } from 'node:fs';
import { win32 } from 'node:path';
import type { FileSystem } from '../../src/transaction.js';

interface Entry {
  /** As it was written. */
  readonly path: string;
  /** Undefined: a directory. */
  readonly contents?: string;
}

export class WindowsDisk implements FileSystem {
  readonly #entries = new Map<string, Entry>();

  /** @param existing directories that are there, each with all that lead to it */
  constructor(...existing: string[]) {
    for (const path of existing) this.#ensure(path);
  }

  /** Every file by its path, with what it holds. */
  get files(): Record<string, string> {
    const files = [...this.#entries.values()].flatMap(({ path, contents }) =>
      contents === undefined ? [] : [[path, contents] as const],
    );
    return Object.fromEntries(files.sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  mkdirSync(path: string): void {
    this.#add(path, { path });
  }

  writeFileSync(path: string, contents: Buffer): void {
    this.#add(path, { path, contents: contents.toString() });
  }

  renameSync(from: string, to: string): void {
    this.#get(from);
    const prefix = keyOf(from);
    const moved = [...this.#entries].filter(
      ([key]) => key === prefix || key.startsWith(`${prefix}\\`),
    );
    this.#needParent(to);
    for (const [key, { path, ...entry }] of moved) {
      this.#entries.delete(key);
      const target = to + path.slice(from.length);
      this.#entries.set(keyOf(target), { ...entry, path: target });
    }
  }

  lstatSync(path: string): Stats {
    const { contents } = this.#get(path);
    return { isDirectory: () => contents === undefined } as Stats;
  }

  rmdirSync(path: string): void {
    if (this.#below(path).length > 0) throw failure('ENOTEMPTY', path);
    this.#entries.delete(keyOf(path));
  }

  rmSync(path: string): void {
    for (const key of [keyOf(path), ...this.#below(path)]) this.#entries.delete(key);
  }

  #ensure(path: string): void {
    const parent = win32.dirname(path);
    if (parent !== path) this.#ensure(parent);
    if (!this.#entries.has(keyOf(path))) this.#entries.set(keyOf(path), { path });
  }

  #add(path: string, entry: Entry): void {
    this.#needParent(path);
    if (this.#entries.has(keyOf(path))) throw failure('EEXIST', path);
    this.#entries.set(keyOf(path), entry);
  }

  #needParent(path: string): void {
    if (!win32.isAbsolute(path) || path.includes('/')) throw failure('EINVAL', path);
    this.#get(win32.dirname(path));
  }

  #get(path: string): Entry {
    const entry = this.#entries.get(keyOf(path));
    if (entry === undefined) throw failure('ENOENT', path);
    return entry;
  }

  #below(path: string): string[] {
    return [...this.#entries.keys()].filter((key) => key.startsWith(`${keyOf(path)}\\`));
  }
}

function keyOf(path: string): string {
  return path.toLowerCase();
}

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
