/** Installs the dependencies of a new project. */
import type { ExecaError } from 'execa';
import { type CommandError, cancelled, RunError } from './errors.js';
import { enterCommand } from './next-steps.js';
import type { Options } from './options.js';
import { showSpinner } from './spinner.js';
import { canRedraw, type Output } from './terminal.js';

export interface InstallRequest {
  readonly options: Pick<Options, 'directory' | 'target' | 'packageManager' | 'git'>;
  readonly env: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly stderr: Output;
}

// Enough to see what a package manager complains about.
const tailLines = 20;

/**
 * Runs the package manager. Its output goes to stderr; on a terminal a spinner stands for it, and
 * only the end of it is shown, if it fails.
 *
 * @throws RunError if it is missing or fails, CancelledError if it is stopped; the project stays
 */
export async function installDependencies(request: InstallRequest): Promise<void> {
  const { options, env, signal, stderr } = request;
  const { target, packageManager } = options;
  const { execa } = await import('execa');
  const [file = '', ...args] = packageManager.install.split(' ');
  const child = execa(file, args, {
    cwd: target,
    env: { ...env, ...packageManager.environment },
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    cancelSignal: signal,
  });
  const quiet = canRedraw(stderr, env);
  if (!quiet) child.all.pipe(stderr, { end: false });

  const work = child.then(
    () => undefined,
    (error: ExecaError) => error,
  );
  const failure = await (quiet
    ? showSpinner(stderr, `Installing dependencies with ${packageManager.program}`, work)
    : work);
  if (failure === undefined) return;
  if (quiet && !failure.isCanceled) stderr.write(tail(String(failure.all ?? '')));
  throw explainFailure(failure, options);
}

function explainFailure(failure: ExecaError, options: InstallRequest['options']): CommandError {
  const { program, install } = options.packageManager;
  const command = [...enterCommand(options), install].join(' && ');
  const missing = options.git ? ', but no repository was made' : '';
  const resume = `The project itself is complete, in ${options.target}${missing}. To go on: ${command}`;
  if (failure.isCanceled) return cancelled(resume, failure);
  if (failure.code === 'ENOENT') {
    return new RunError('PACKAGE_MANAGER_MISSING', {
      what: `${program} was not found`,
      why: 'It is not installed, or not on the PATH.',
      fix: `Install ${program}, or use another one. ${resume}`,
      option: '--package-manager',
      command,
    });
  }
  return new RunError(
    'INSTALL_FAILED',
    { what: `${install} failed`, why: explainEnding(failure), fix: resume, command },
    { cause: failure },
  );
}

function explainEnding({ exitCode, signal, originalMessage }: ExecaError): string {
  if (exitCode !== undefined) return `It ended with exit status ${exitCode}. Its output is above.`;
  if (signal !== undefined) return `It was ended by ${signal}. Its output is above.`;
  return `It could not be started: ${originalMessage}.`;
}

function tail(output: string): string {
  const lines = output.trimEnd().split('\n');
  return `${lines.slice(-tailLines).join('\n')}\n`;
}
