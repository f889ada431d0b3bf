/** The server under test as a process of ours: started, waited for, stopped, with all it started. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Http } from '../doctor/http.js';
import { initializeRequest } from '../doctor/rpc.js';
import { RunError } from '../errors.js';
import type { Program } from './bench.js';

export interface Launch {
  readonly command: readonly string[];
  readonly cwd: string;
  /** Read at each start: the provider may have changed. */
  readonly environment: () => NodeJS.ProcessEnv;
  readonly url: string;
  readonly http: Http;
  /** How long a start may take, in milliseconds. */
  readonly patience: number;
  readonly pause: (milliseconds: number) => Promise<void>;
  readonly signal: AbortSignal;
}

export interface Server extends Program, AsyncDisposable {
  /** The end of what it printed. */
  output(): string;
}

/** How long a process may take to end when it is told to, in milliseconds. */
const mercy = 5_000;
/** How much of the output is kept, in characters. */
const kept = 4_000;
const step = 50;

/** @throws RunError if the first start fails: it ends, or does not answer */
export async function launch(options: Launch): Promise<Server> {
  const { command, cwd, environment, url, http, patience, pause, signal } = options;
  const [file = '', ...args] = command;
  let child: ChildProcess | undefined;
  let failure: Error | undefined;
  let output = '';

  async function start(): Promise<boolean> {
    output = '';
    failure = undefined;
    // A group of its own, so that what npm and the like have started ends with it.
    const started = spawn(file, args, {
      cwd,
      env: environment(),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    child = started;
    started.once('error', (error) => {
      failure = error;
    });
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output = (output + text).slice(-kept);
      });
    }
    for (let waited = 0; waited < patience; waited += step) {
      signal.throwIfAborted();
      if (failure !== undefined || started.exitCode !== null || started.signalCode !== null) {
        return false;
      }
      if (await answers(url, http)) return true;
      await pause(step);
    }
    return false;
  }

  async function stop(): Promise<void> {
    const running = child;
    child = undefined;
    if (running?.pid === undefined) return;
    if (running.exitCode === null && running.signalCode === null) {
      const ended = once(running, 'exit');
      end(running.pid, 'SIGTERM');
      const timer = setTimeout(() => end(running.pid as number, 'SIGKILL'), mercy);
      await ended;
      clearTimeout(timer);
    }
    // What is left of the group, such as a server whose npm is gone.
    end(running.pid, 'SIGKILL');
  }

  // A port that somebody else has would be tested in its place.
  if (await answers(url, http)) {
    throw new RunError('SERVER_ALREADY_THERE', {
      what: `Something answers at ${url} already`,
      why: 'The command after -- has to be what answers there, and nothing was started yet.',
      fix: 'Stop it, or leave the command out to test what is running.',
    });
  }
  if (!(await start())) {
    await stop();
    throw new RunError('SERVER_NOT_STARTED', {
      what: `${JSON.stringify(command.join(' '))} does not answer at ${url}`,
      why: explain(failure, output),
      fix: 'Check the address, and what the command needs in its environment: --env NAME={issuer}.',
    });
  }
  return {
    output: () => output,
    async restart() {
      await stop();
      return start();
    },
    [Symbol.asyncDispose]: stop,
  };
}

/** Whether an MCP server, or what will become one, is there: frameworks say 404 or 503 before. */
export async function answers(url: string, http: Http): Promise<boolean> {
  const answer = await http.ask(initializeRequest(url));
  return answer.failed === undefined && answer.status !== 404 && answer.status < 500;
}

function explain(failure: Error | undefined, output: string): string {
  if (failure !== undefined) return `It could not be run: ${failure.message}.`;
  const end = output.trim().split('\n').slice(-12).join('\n  ');
  return end === '' ? 'It printed nothing.' : `It printed:\n  ${end}`;
}

/** Signals a whole group; one that has ended is no mistake. */
function end(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, name);
  } catch {
    // It is gone.
  }
}
