/** Makes a repository with a first commit. Nothing that goes wrong here fails the command. */
import type { ExecaError, Options as ExecaOptions } from 'execa';
import type { Options } from './options.js';
import { secretFile } from './secret-file.js';
import type { TargetState } from './target.js';

/** How it went: committed, perhaps with a remark, or not, with the reason. */
export interface GitResult {
  readonly committed: boolean;
  readonly note?: string;
}

export interface GitRequest {
  readonly options: Pick<Options, 'target' | 'name'>;
  /** What was at the target before. */
  readonly state: TargetState;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
}

const placeholder = {
  GIT_AUTHOR_NAME: 'create-mcp-server',
  GIT_AUTHOR_EMAIL: 'create-mcp-server@localhost',
  GIT_COMMITTER_NAME: 'create-mcp-server',
  GIT_COMMITTER_EMAIL: 'create-mcp-server@localhost',
};

// A user's templates and hooks, and a passphrase dialog, have no place in a scaffolder.
const isolated = [
  ['init.templateDir', ''],
  ['init.defaultBranch', 'main'],
  ['core.hooksPath', '/dev/null'],
  ['commit.gpgSign', 'false'],
  // Otherwise git makes up an identity from the host's name.
  ['user.useConfigOnly', 'true'],
].flatMap(([key, value]) => ['-c', `${key}=${value}`]);

/** @throws only what aborting the signal causes */
export async function commitProject(request: GitRequest): Promise<GitResult> {
  const { options, state, signal } = request;
  // A first commit of everything would hold files that nobody asked to publish.
  if (state === 'occupied') return skip('the directory held other files before');
  const git = await createGit(request);
  try {
    if (await succeeds(git('rev-parse', '--is-inside-work-tree'))) {
      return skip('the directory is inside a git work tree already');
    }
    await git('init', '--quiet');
    await git('add', '--all');
    // The project's .gitignore keeps secrets out; this holds even if somebody changes that file.
    await git('rm', '--quiet', '--cached', '--ignore-unmatch', '--', secretFile);
    const known =
      (await succeeds(git('var', 'GIT_AUTHOR_IDENT'))) &&
      (await succeeds(git('var', 'GIT_COMMITTER_IDENT')));
    const commit = known ? git : await createGit(request, placeholder);
    await commit('commit', '--quiet', '--message', `Create ${options.name} with create-mcp-server`);
    if (known) return { committed: true };
    return {
      committed: true,
      note: 'git does not know your name: the first commit is by "create-mcp-server". Set user.name and user.email, then: git commit --amend --reset-author --no-edit',
    };
  } catch (error) {
    if (signal.aborted) throw error;
    const failure = error as ExecaError;
    if (failure.code === 'ENOENT') return skip('git is not installed');
    const reason = String(failure.stderr || failure.shortMessage).trim();
    return { committed: false, note: `No first commit was made. git said: ${reason}` };
  }
}

function skip(reason: string): GitResult {
  return { committed: false, note: `No repository was made: ${reason}.` };
}

async function createGit(
  { options: { target }, env, signal }: GitRequest,
  identity: NodeJS.ProcessEnv = {},
) {
  const { execa } = await import('execa');
  const how = {
    cwd: target,
    env: { ...gitEnvironment(env), ...identity },
    extendEnv: false,
    stdin: 'ignore',
    cancelSignal: signal,
  } satisfies ExecaOptions;
  return (...args: string[]) => execa('git', [...isolated, ...args], how);
}

/** The environment for git in a project. */
export function gitEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // A hook of an outer repository sets GIT_DIR and GIT_INDEX_FILE: ours must not be that one.
  // GIT_TEMPLATE_DIR would go before init.templateDir.
  const { GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE, GIT_TEMPLATE_DIR, ...clean } = env;
  return clean;
}

async function succeeds(command: PromiseLike<unknown>): Promise<boolean> {
  return command.then(
    () => true,
    (error: ExecaError) => {
      if (error.exitCode === undefined) throw error;
      return false;
    },
  );
}
