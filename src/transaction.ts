/**
 * Changes to the disk that can be taken back. Every step is journalled with what undoes it, so
 * that a failure or a signal at any point leaves the disk as it was.
 */
import type { Stats } from 'node:fs';
import nodePath, { type PlatformPath } from 'node:path';
import { setImmediate } from 'node:timers/promises';

/**
 * The operations that writing needs; injected, so that tests can make any of them fail. They are
 * synchronous: for dozens of small files that takes a fifth of the time of the thread pool.
 */
export interface FileSystem {
  mkdirSync(path: string): unknown;
  writeFileSync(path: string, contents: Buffer, options: { flag: 'wx'; mode: number }): void;
  renameSync(from: string, to: string): void;
  lstatSync(path: string): Stats;
  rmdirSync(path: string): void;
  rmSync(path: string, options: { recursive: true; force: true }): void;
}

/** Milliseconds. A turn for every step would take longer than the steps do. */
const longestTurn = 4;

export class Transaction {
  #turned = performance.now();
  readonly #journal: { readonly path: string; undo(): void }[] = [];

  constructor(
    private readonly fs: FileSystem,
    /** Aborted: no further step is taken. */
    private readonly signal: AbortSignal,
    /** Of the system that the file system belongs to. */
    readonly path: PlatformPath = nodePath,
  ) {}

  /** Makes one directory. Undone only while it is empty, so nobody else's files are lost. */
  async makeDirectory(path: string): Promise<void> {
    await this.#step(() => this.fs.mkdirSync(path));
    this.#journal.push({ path, undo: () => this.fs.rmdirSync(path) });
  }

  /** Makes a directory of our own, whose contents may be thrown away. */
  async makeScratch(path: string): Promise<void> {
    await this.#step(() => this.fs.mkdirSync(path));
    this.#journal.push({ path, undo: () => this.discard(path) });
  }

  /** Makes a directory inside scratch. */
  async makeInScratch(path: string): Promise<void> {
    await this.#step(() => this.fs.mkdirSync(path));
  }

  /**
   * Writes a file inside scratch.
   *
   * @param mode its permissions; the process's umask takes some away
   */
  async writeInScratch(path: string, contents: Buffer, mode: number): Promise<void> {
    await this.#step(() => this.fs.writeFileSync(path, contents, { flag: 'wx', mode }));
  }

  /** Renames; both paths are on the same file system. */
  async move(from: string, to: string): Promise<void> {
    await this.#step(() => this.fs.renameSync(from, to));
    this.#journal.push({ path: from, undo: () => this.fs.renameSync(to, from) });
  }

  /** What is at a path, links not followed; undefined if there is nothing. */
  async look(path: string): Promise<Stats | undefined> {
    try {
      return await this.#step(() => this.fs.lstatSync(path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  }

  /** Removes scratch. Not a step: once everything is in place, stopping would help nobody. */
  discard(path: string): void {
    this.fs.rmSync(path, { recursive: true, force: true });
  }

  /**
   * Takes every step back, the last one first.
   *
   * @returns the paths that could not be brought back to what they were
   */
  rollBack(): string[] {
    const failed: string[] = [];
    for (const { path, undo } of this.#journal.reverse()) {
      try {
        undo();
      } catch {
        failed.push(path);
      }
    }
    return failed;
  }

  /** Signals arrive between two turns of the event loop, so there has to be one now and then. */
  async #step<Result>(operation: () => Result): Promise<Result> {
    if (performance.now() - this.#turned > longestTurn) {
      await setImmediate();
      this.#turned = performance.now();
    }
    this.signal.throwIfAborted();
    return operation();
  }
}
