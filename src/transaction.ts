/**
 * Changes to the disk that can be taken back. Every step is journalled with what undoes it, so
 * that a failure or a signal at any point leaves the disk as it was.
 */
import type { Stats } from 'node:fs';

/** The operations that writing needs; injected, so that tests can make any of them fail. */
export interface FileSystem {
  mkdir(path: string): Promise<unknown>;
  writeFile(path: string, contents: Buffer, options: { flag: 'wx' }): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  lstat(path: string): Promise<Stats>;
  rmdir(path: string): Promise<void>;
  rm(path: string, options: { recursive: true; force: true }): Promise<void>;
}

export class Transaction {
  readonly #journal: { readonly path: string; undo(): Promise<void> }[] = [];

  constructor(
    private readonly fs: FileSystem,
    /** Aborted: no further step is taken. */
    private readonly signal: AbortSignal,
  ) {}

  /** Makes one directory. Undone only while it is empty, so nobody else's files are lost. */
  async makeDirectory(path: string): Promise<void> {
    await this.#step(() => this.fs.mkdir(path));
    this.#journal.push({ path, undo: () => this.fs.rmdir(path) });
  }

  /** Makes a directory of our own, whose contents may be thrown away. */
  async makeScratch(path: string): Promise<void> {
    await this.#step(() => this.fs.mkdir(path));
    this.#journal.push({ path, undo: () => this.discard(path) });
  }

  /** Makes a directory inside scratch. */
  async makeInScratch(path: string): Promise<void> {
    await this.#step(() => this.fs.mkdir(path));
  }

  /** Writes a file inside scratch. */
  async writeInScratch(path: string, contents: Buffer): Promise<void> {
    await this.#step(() => this.fs.writeFile(path, contents, { flag: 'wx' }));
  }

  /** Renames; both paths are on the same file system. */
  async move(from: string, to: string): Promise<void> {
    await this.#step(() => this.fs.rename(from, to));
    this.#journal.push({ path: from, undo: () => this.fs.rename(to, from) });
  }

  /** What is at a path, links not followed; undefined if there is nothing. */
  async look(path: string): Promise<Stats | undefined> {
    try {
      return await this.#step(() => this.fs.lstat(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Removes scratch. Not a step: once everything is in place, stopping would help nobody. */
  discard(path: string): Promise<void> {
    return this.fs.rm(path, { recursive: true, force: true });
  }

  /**
   * Takes every step back, the last one first.
   *
   * @returns the paths that could not be brought back to what they were
   */
  async rollBack(): Promise<string[]> {
    const failed: string[] = [];
    for (const { path, undo } of this.#journal.reverse()) {
      await undo().catch(() => failed.push(path));
    }
    return failed;
  }

  async #step<Result>(operation: () => Promise<Result>): Promise<Result> {
    this.signal.throwIfAborted();
    return operation();
  }
}
