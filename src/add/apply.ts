/**
 * Writes changes into a project, all or none. What is to be done, and what was there before, is on
 * the disk before the first file changes: so a failure and a signal are taken back at once, and what
 * a run left that was killed is taken back by the next one.
 */
import * as nodeFileSystem from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type CommandError, cancelled, RunError, systemReason } from '../errors.js';
import { secretFile } from '../secret-file.js';
import type { Change } from './compare.js';
import {
  type Entry,
  type FileSystem,
  idOf,
  makeParents,
  nameOf,
  removeEmpty,
  scratch,
  undo,
} from './journal.js';

export interface ApplyRequest {
  /** Of the project, absolute. */
  readonly directory: string;
  readonly changes: readonly Change[];
  readonly signal: AbortSignal;
}

/**
 * @throws RunError if the disk refuses or a file has changed meanwhile, CancelledError if the signal
 *   was aborted; either way the project is as it was, or the error says what is not
 */
export async function applyChanges(
  { directory, changes, signal }: ApplyRequest,
  fs: FileSystem = nodeFileSystem,
): Promise<void> {
  const step = async (operation: () => void) => {
    // A signal arrives between two turns of the event loop.
    await setImmediate();
    signal.throwIfAborted();
    operation();
  };
  let claimed = false;
  let applied = 0;
  try {
    await step(() => claim(directory, fs));
    claimed = true;
    await stage(directory, changes, fs, step);
    for (const [index, change] of changes.entries()) {
      await step(() => applyChange(directory, change, index, fs));
      applied = index + 1;
    }
  } catch (error) {
    if (error instanceof RunError) throw error;
    throw explainFailure(error, signal, claimed ? undo(directory, fs, applied) : []);
  }
  // From here on there is nothing to take back, and stopping would help nobody.
  fs.rmSync(join(directory, scratch, 'journal'), { force: true });
  fs.rmSync(join(directory, scratch), { recursive: true, force: true });
}

/**
 * Takes back what a run left that was killed.
 *
 * @returns whether there was one
 * @throws RunError if it is not over yet, or somebody has changed its files since
 */
export function recover(directory: string, fs: FileSystem = nodeFileSystem): boolean {
  const place = join(directory, scratch);
  if (!fs.lstatSync(place, { throwIfNoEntry: false })?.isDirectory()) return false;
  if (isRunning(place, fs)) throw busy();
  const failed = undo(directory, fs);
  if (failed.length === 0) return true;
  throw new RunError('INTERRUPTED', {
    what: 'An earlier run was interrupted, and could not be taken back whole',
    why: `These have been changed since: ${failed.join(', ')}.`,
    fix: `Look after them: what they were is in ${scratch}. Then delete that directory, and run the command again.`,
  });
}

type Step = (operation: () => void) => Promise<void>;

/** Makes the place for everything, which also keeps other runs out. */
function claim(directory: string, fs: FileSystem): void {
  try {
    fs.mkdirSync(join(directory, scratch));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw busy();
    throw error;
  }
}

function isRunning(place: string, fs: FileSystem): boolean {
  try {
    const owner = Number(fs.readFileSync(join(place, 'owner'), 'utf8'));
    // Signal 0 only asks.
    return owner > 0 && owner !== process.pid && process.kill(owner, 0);
  } catch {
    return false;
  }
}

function busy(): RunError {
  return new RunError('PROJECT_BUSY', {
    what: 'Another run is changing this project',
    why: `It holds ${scratch}.`,
    fix: `Wait for it to end. If there is none, delete ${scratch}.`,
  });
}

async function stage(
  directory: string,
  changes: readonly Change[],
  fs: FileSystem,
  step: Step,
): Promise<void> {
  const place = join(directory, scratch);
  await step(() => fs.writeFileSync(join(place, 'owner'), String(process.pid)));
  for (const [index, { path, before, after }] of changes.entries()) {
    const mode = modeOf(join(directory, path), before, fs);
    const put = (name: string, contents: Buffer) => {
      fs.writeFileSync(join(place, `${name}-${index}`), contents, {
        flag: 'wx',
        mode: path === secretFile ? 0o600 : 0o666,
      });
      if (mode !== undefined) fs.chmodSync(join(place, `${name}-${index}`), mode);
    };
    await step(() => {
      if (before !== undefined) put('old', before);
      if (after !== undefined) put('new', after);
    });
  }
  const journal: Entry[] = changes.map(({ path, before, after }) => ({
    path,
    before: idOf(before),
    after: idOf(after),
  }));
  await step(() => {
    fs.writeFileSync(join(place, 'journal.new'), JSON.stringify(journal));
    fs.renameSync(join(place, 'journal.new'), join(place, 'journal'));
  });
}

function modeOf(path: string, before: Buffer | undefined, fs: FileSystem): number | undefined {
  return before === undefined ? undefined : fs.lstatSync(path).mode & 0o777;
}

function applyChange(
  directory: string,
  { path, before, after }: Change,
  index: number,
  fs: FileSystem,
): void {
  const destination = join(directory, path);
  if (nameOf(destination, fs) !== idOf(before)) throw new Error(`${path} has changed meanwhile`);
  if (after === undefined) {
    fs.unlinkSync(destination);
    removeEmpty(directory, path, fs);
    return;
  }
  makeParents(directory, path, fs);
  fs.renameSync(join(directory, scratch, `new-${index}`), destination);
}

function explainFailure(
  cause: unknown,
  signal: AbortSignal,
  failed: readonly string[],
): CommandError {
  const state =
    failed.length === 0
      ? 'The project is as it was before.'
      : `Look after these yourself: ${failed.join(', ')}. What they were is in ${scratch}.`;
  if (signal.aborted && cause === signal.reason) return cancelled(state, cause);
  return new RunError(
    'WRITE_FAILED',
    {
      what: 'The project could not be changed',
      why: `${systemReason(cause)}.`,
      fix: `${state} Run the command again when the cause is gone.`,
    },
    { cause },
  );
}
