/**
 * Finds what files were generated as, by an older version that is not here any more. Whatever is
 * found has the name that was recorded, so a wrong answer is none.
 *
 * First the project's repository is asked, which knows all that was ever committed. What it does not
 * know, because it was merged with changes before anybody committed it, the older version makes again.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blobId } from '../blob-id.js';
import { gitEnvironment } from '../git.js';
import type { ProjectRecord } from '../record.js';
import { type Git, readBlob } from './git.js';
import { spellChoices } from './spell-choices.js';

export type ReadBase = (path: string, id: string) => Promise<Buffer | undefined>;

export interface Sources {
  readonly git: Git;
  /** Makes the project again, as it was; undefined if that cannot be done. */
  readonly remake: () => Promise<ReadFile | undefined>;
}

type ReadFile = (path: string) => Promise<Buffer | undefined>;

/** @returns the contents with that name, or undefined */
export function createReadBase({ git, remake }: Sources): ReadBase {
  let remade: Promise<ReadFile | undefined> | undefined;
  return async (path, id) => {
    const committed = await readBlob(git, id);
    if (committed !== undefined && blobId(committed) === id) return committed;
    remade ??= remake();
    const contents = await (await remade)?.(path);
    return contents !== undefined && blobId(contents) === id ? contents : undefined;
  };
}

export interface RemakeRequest {
  readonly record: ProjectRecord;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Called before anything is downloaded. */
  readonly announce: (command: string) => void;
}

/**
 * Lets the version that made a project make it once more, in a directory that is gone afterwards.
 *
 * @returns undefined if that version cannot be had, or does not work here
 */
export async function remakeProject(request: RemakeRequest): Promise<ReadFile | undefined> {
  const { record, env, signal, announce } = request;
  const { execa } = await import('execa');
  // Outside the project: nothing of it takes part, its .npmrc included.
  const directory = await mkdtemp(join(tmpdir(), 'create-mcp-server-'));
  try {
    // Checked: an exact version, nothing else that npm could take for the name of a package.
    const tool = `create-mcp-server@${record.version}`;
    announce(tool);
    const args = [
      record.name,
      ...spellChoices(record.options),
      '--no-install',
      '--no-git',
      '--yes',
    ];
    await execa('npx', ['--yes', '--ignore-scripts', tool, ...args], {
      cwd: directory,
      env: gitEnvironment(env),
      extendEnv: false,
      stdin: 'ignore',
      cancelSignal: signal,
    });
    const files = new Map<string, Buffer>();
    for (const path of Object.keys(record.files)) {
      const contents = await readFile(join(directory, record.name, path)).catch(() => undefined);
      if (contents !== undefined) files.set(path, contents);
    }
    return async (path) => files.get(path);
  } catch (error) {
    if (signal.aborted) throw error;
    return undefined;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
