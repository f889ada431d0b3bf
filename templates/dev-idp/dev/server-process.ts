// The MCP server as a child process that is replaced when its source changes.
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { watchSource } from './watch-source.js';

/** Longer than the server gives its running requests. */
const patience = 12_000;

/**
 * Runs `entry` and runs it again when something below `src/`, or `.env`, changes.
 *
 * It ends with the server, or with SIGINT, SIGTERM or SIGHUP, which are passed on once; the second
 * one kills. After a change the server may also fail: then the next change is waited for.
 * @returns the exit status
 */
export function runServer(entry: string, log: (line: string) => void): Promise<number> {
  let child = start(entry);
  let changed = false;
  let restarting = false;
  let ending = false;

  return new Promise((resolve) => {
    const onExit = (code: number | null, signal: NodeJS.Signals | null) => {
      if (restarting) {
        restarting = false;
        child = start(entry).once('exit', onExit);
      } else if (ending || !changed) {
        resolve(code ?? 128 + constants.signals[signal ?? 'SIGTERM']);
      } else log(`The server ended (${signal ?? `status ${code}`}); waiting for a change.`);
    };
    child.once('exit', onExit);

    watchSource((file) => {
      if (ending || restarting) return;
      changed = true;
      log(`${file} changed: starting the server again.`);
      if (hasEnded(child)) child = start(entry).once('exit', onExit);
      else {
        restarting = true;
        stop(child, 'SIGTERM');
      }
    });

    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.on(signal, () => {
        if (hasEnded(child)) resolve(0);
        stop(child, ending ? 'SIGKILL' : signal);
        ending = true;
        restarting = false;
      });
    }
  });
}

function start(entry: string): ChildProcess {
  const preload = new URL('exit-with-parent.ts', import.meta.url).href;
  return spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), '--import', preload, entry],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      // A group of its own: Ctrl-C reaches the server once, from here, and not from the terminal too.
      // On Windows a group of its own would be a window of its own.
      detached: process.platform !== 'win32',
    },
  );
}

function stop(child: ChildProcess, signal: NodeJS.Signals): void {
  // Windows has told the server itself, and `kill` would end it in the middle of a request.
  if (process.platform === 'win32' && signal === 'SIGINT') return;
  child.kill(signal);
  setTimeout(() => child.kill('SIGKILL'), patience).unref();
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
