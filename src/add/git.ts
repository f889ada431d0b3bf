/** What git is asked for: it compares, merges, and remembers. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ExecaError } from 'execa';
import { RunError } from '../errors.js';
import { gitEnvironment } from '../git.js';

/**
 * Runs git with such arguments.
 *
 * @returns what it prints, and its exit status
 * @throws RunError if git is missing, and what aborting the signal causes
 */
export type Git = (
  ...args: string[]
) => Promise<{ readonly stdout: Buffer; readonly exitCode: number }>;

/** @param cwd absolute */
export function createGit(cwd: string, env: NodeJS.ProcessEnv, signal: AbortSignal): Git {
  return async (...args) => {
    const { execa } = await import('execa');
    const result = await execa('git', args, {
      cwd,
      env: gitEnvironment(env),
      extendEnv: false,
      stdin: 'ignore',
      encoding: 'buffer',
      stripFinalNewline: false,
      reject: false,
      cancelSignal: signal,
    });
    if (result.isCanceled) throw result;
    if (result.exitCode === undefined) throw explainMissing(result as unknown as ExecaError);
    return { stdout: Buffer.from(result.stdout), exitCode: result.exitCode };
  };
}

function explainMissing(cause: ExecaError): RunError {
  return new RunError(
    'GIT_MISSING',
    {
      what: 'git could not be started',
      why:
        cause.code === 'ENOENT'
          ? 'It is not installed, or not on the PATH. Changes are compared and merged with it.'
          : cause.shortMessage,
      fix: 'Install git, and run the command again.',
    },
    { cause },
  );
}

/** How a work tree is: nothing is uncommitted, something is, or there is none. */
export type WorkTree = 'clean' | 'dirty' | 'none';

/**
 * The state of what is below the directory that git was created for.
 *
 * @param witness a file of it: where git does not know that, it knows nothing of the directory
 */
export async function inspectWorkTree(git: Git, witness: string): Promise<WorkTree> {
  const { stdout, exitCode } = await git('status', '--porcelain', '--', '.');
  if (exitCode !== 0) return 'none';
  if (stdout.length > 0) return 'dirty';
  const known = await git('ls-files', '--error-unmatch', '--', witness);
  return known.exitCode === 0 ? 'clean' : 'none';
}

/** The contents with this object name, if the repository has them. */
export async function readBlob(git: Git, id: string): Promise<Buffer | undefined> {
  const { stdout, exitCode } = await git('cat-file', 'blob', id);
  return exitCode === 0 ? stdout : undefined;
}

/** Three versions of one text. */
export interface Versions {
  readonly base: Buffer;
  readonly ours: Buffer;
  readonly theirs: Buffer;
}

/**
 * Merges lines.
 *
 * @param how `union` takes the lines of both sides where they conflict
 * @returns with marks of conflicts, if there are any
 */
export async function mergeLines(
  git: Git,
  versions: Versions,
  how?: 'union',
): Promise<{ readonly merged: Buffer; readonly conflicts: number }> {
  return inTemporary(async (directory) => {
    const paths = (['ours', 'base', 'theirs'] as const).map((name) => join(directory, name));
    for (const path of paths) {
      await writeFile(path, versions[path.slice(directory.length + 1) as keyof Versions]);
    }
    const labels = ['yours', 'generated before', 'generated now'].flatMap((name) => ['-L', name]);
    // Git finds what two sides have in common only where it does not show what they come from.
    const known = versions.base.length > 0 ? ['--diff3'] : [];
    const style = how === undefined ? known : [`--${how}`];
    const { stdout, exitCode } = await git('merge-file', '-p', ...style, ...labels, ...paths);
    // The status is the number of conflicts, and above 127 something else.
    if (exitCode > 127) throw new Error('git merge-file cannot merge what is not text');
    return { merged: stdout, conflicts: exitCode };
  });
}

/** A file before and after; absent on one side if it is created or removed. */
export interface Difference {
  readonly path: string;
  readonly before?: Buffer | undefined;
  readonly after?: Buffer | undefined;
}

/** A unified diff. @param colored for a terminal */
export async function describeDifferences(
  git: Git,
  differences: readonly Difference[],
  colored: boolean,
): Promise<string> {
  const texts: string[] = [];
  await inTemporary(async (directory) => {
    for (const { path, before, after } of differences) {
      const sides = { a: before, b: after };
      for (const [side, contents] of Object.entries(sides)) {
        await writeFile(join(directory, side), contents ?? '');
      }
      const { stdout } = await git(
        ...[
          'diff',
          '--no-index',
          '--no-ext-diff',
          '--no-textconv',
          `--color=${colored ? 'always' : 'never'}`,
        ],
        ...['--', join(directory, 'a'), join(directory, 'b')],
      );
      texts.push(nameSides(stdout.toString(), { path, before, after }));
    }
  });
  return texts.join('');
}

/** Puts the paths of the project in the place of those that were compared. */
function nameSides(diff: string, { path, before, after }: Difference): string {
  const mark = diff.indexOf('@@ ');
  const [start, end] = diff.startsWith('\u001b') ? ['\u001b[1m', '\u001b[m'] : ['', ''];
  const head = [
    `diff --git a/${path} b/${path}`,
    before === undefined ? '--- /dev/null' : `--- a/${path}`,
    after === undefined ? '+++ /dev/null' : `+++ b/${path}`,
  ];
  const body = mark === -1 ? '' : diff.slice(diff.lastIndexOf('\n', mark) + 1);
  return `${head.map((line) => `${start}${line}${end}\n`).join('')}${body}`;
}

async function inTemporary<Result>(work: (directory: string) => Promise<Result>): Promise<Result> {
  const directory = await mkdtemp(join(tmpdir(), 'create-mcp-server-'));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
