/** Projects that are changed after they were made, by the command itself. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { World } from '../../src/main.js';
import { makeTemporaryDirectory, snapshotTree } from './directory.js';
import { realTemplates, run } from './world.js';

const offline = ['--no-install', '--no-git'];

const made = new Map<string, Record<string, string>>();

/** The files of a new project, by path; made once for the same arguments. */
export async function newFiles(args: readonly string[] = []): Promise<Record<string, string>> {
  const key = args.join(' ');
  const known = made.get(key);
  if (known !== undefined) return known;
  const { status, cwd, stderr } = await run(['my-app', ...args, ...offline], {
    templates: realTemplates,
  });
  if (status !== 0) throw new Error(stderr);
  const files = filesOf(join(cwd, 'my-app'));
  made.set(key, files);
  return files;
}

/** Makes a project of the real templates; the path of its directory. */
export async function makeProject(args: readonly string[] = []): Promise<string> {
  const directory = join(makeTemporaryDirectory(), 'my-app');
  for (const [path, text] of Object.entries(await newFiles(args))) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  return directory;
}

/** Runs the command in a project, of which git need not know. */
export function change(cwd: string, args: readonly string[], changes: Partial<World> = {}) {
  const offlineArgs = args.includes('tool') ? args : [...args, '--no-install', '--allow-dirty'];
  return run(offlineArgs, { cwd, templates: realTemplates, ...changes });
}

/** The files of a project, by path. */
export function filesOf(directory: string): Record<string, string> {
  const entries = Object.entries(snapshotTree(directory));
  return Object.fromEntries(entries.filter(([, kind]) => kind !== 'directory'));
}

/** Makes a directory a repository, or commits what has changed there. */
export function commit(directory: string): void {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: directory, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '--all');
  const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  git(...who, 'commit', '--quiet', '--allow-empty', '--message', 'Work', '--no-verify');
}
