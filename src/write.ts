/**
 * Writes a project, all or nothing; the only writer. Files are staged on the file system they will
 * live on, then moved into place.
 */
import * as nodeFileSystem from 'node:fs';
import nodePath, { type PlatformPath, posix } from 'node:path';
import { type CommandError, cancelled, RunError, systemReason } from './errors.js';
import type { RenderedFile } from './render.js';
import { secretFile } from './secret-file.js';
import type { TargetState } from './target.js';
import { type FileSystem, Transaction } from './transaction.js';

export interface WriteRequest {
  /** Absolute. */
  readonly target: string;
  readonly state: TargetState;
  readonly files: readonly RenderedFile[];
  /** Aborted when the user or the system asks the command to stop. */
  readonly signal: AbortSignal;
}

/**
 * @returns directories that were needed for writing and could not be removed afterwards
 * @throws RunError if the disk refuses, CancelledError if the signal was aborted; either way the
 *   disk is as it was, or the error says what is not
 */
export async function writeProject(
  request: WriteRequest,
  fs: FileSystem = nodeFileSystem,
  path: PlatformPath = nodePath,
): Promise<string[]> {
  const transaction = new Transaction(fs, request.signal, path);
  try {
    if (request.state !== 'absent') return await fillDirectory(request, transaction);
    await createDirectory(request, transaction);
    return [];
  } catch (error) {
    throw explainFailure(error, request, transaction.rollBack());
  }
}

/** Stages beside the target, then renames the staging directory to it. */
async function createDirectory(
  { target, files }: WriteRequest,
  transaction: Transaction,
): Promise<void> {
  const { path } = transaction;
  const parent = path.dirname(target);
  await makeAncestors(parent, transaction);
  const staging = path.join(parent, scratchName(path.basename(target)));
  await transaction.makeScratch(staging);
  await stageFiles(files, staging, transaction);
  await transaction.move(staging, target);
}

/**
 * Stages inside the target, so that the file system is the same, then moves file by file. Secrets
 * that are there already stay.
 */
async function fillDirectory(
  { target, files }: WriteRequest,
  transaction: Transaction,
): Promise<string[]> {
  const { join } = transaction.path;
  const staging = join(target, scratchName('new'));
  const originals = join(target, scratchName('old'));
  await transaction.makeScratch(staging);
  // Not scratch: if an original cannot be put back, it stays where it can be found.
  await transaction.makeDirectory(originals);
  await stageFiles(files, staging, transaction);

  const present = new Set(['.']);
  for (const [index, { path }] of files.entries()) {
    const destination = join(target, path);
    await makeRealDirectories(target, posix.dirname(path), present, transaction);
    const existing = await transaction.look(destination);
    if (existing?.isDirectory()) throw new Error(`${destination} is a directory`);
    if (existing !== undefined) {
      if (path === secretFile) continue;
      await transaction.move(destination, join(originals, String(index)));
    }
    await transaction.move(join(staging, path), destination);
  }

  const leftovers: string[] = [];
  for (const scratch of [staging, originals]) {
    try {
      transaction.discard(scratch);
    } catch {
      leftovers.push(scratch);
    }
  }
  return leftovers;
}

async function stageFiles(
  files: readonly RenderedFile[],
  staging: string,
  transaction: Transaction,
): Promise<void> {
  const { join } = transaction.path;
  const present = new Set(['.']);
  for (const { path, contents } of files) {
    for (const directory of prefixes(posix.dirname(path))) {
      if (present.has(directory)) continue;
      present.add(directory);
      await transaction.makeInScratch(join(staging, directory));
    }
    const mode = path === secretFile ? 0o600 : 0o666;
    await transaction.writeInScratch(join(staging, path), contents, mode);
  }
}

/** Makes the directories that lead to the target, as far as they are missing. */
async function makeAncestors(directory: string, transaction: Transaction): Promise<void> {
  const missing: string[] = [];
  const { dirname } = transaction.path;
  let current = directory;
  // On Windows a root may be missing, too: that of a drive that is not there.
  while (current !== dirname(current) && (await transaction.look(current)) === undefined) {
    missing.unshift(current);
    current = dirname(current);
  }
  for (const path of missing) await transaction.makeDirectory(path);
}

/** Makes directories inside the target. A link is refused: it could lead out of the target. */
async function makeRealDirectories(
  target: string,
  directory: string,
  present: Set<string>,
  transaction: Transaction,
): Promise<void> {
  for (const relative of prefixes(directory)) {
    if (present.has(relative)) continue;
    present.add(relative);
    const path = transaction.path.join(target, relative);
    const existing = await transaction.look(path);
    if (existing === undefined) await transaction.makeDirectory(path);
    else if (!existing.isDirectory()) throw new Error(`${path} is not a directory`);
  }
}

/** `a/b/c` → `a`, `a/b`, `a/b/c`; nothing for `.` */
function prefixes(directory: string): string[] {
  const segments = directory.split('/').filter((segment) => segment !== '.');
  return segments.map((_, index) => segments.slice(0, index + 1).join('/'));
}

/** A name that nobody else uses; if somebody did, making the directory would fail. */
function scratchName(name: string): string {
  return `.${name}.create-mcp-server-${process.pid}-${Date.now().toString(36)}`;
}

function explainFailure(
  cause: unknown,
  { target, signal }: WriteRequest,
  damaged: readonly string[],
): CommandError {
  const state =
    damaged.length === 0
      ? 'The disk is as it was before.'
      : `Look after these yourself: ${damaged.join(', ')}.`;
  if (signal.aborted && cause === signal.reason) {
    return cancelled(state, cause);
  }
  return new RunError(
    'WRITE_FAILED',
    {
      what: `${target} could not be written`,
      why: `${systemReason(cause)}.`,
      fix: `${state} Run the command again when the cause is gone.`,
    },
    { cause },
  );
}
