// The dev script: runs `run.ts`, and runs it again when something below `src/`, or `.env`, changes.
//
// It ends with SIGINT, SIGTERM or SIGHUP, which are passed on once; the second one kills. A server
// that fails, even at its first start, is waiting for a change: of `.env`, most of the time.
import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { watchSource } from './watch-source.js';

/** Longer than the server gives its running requests. */
const patience = 12_000;

/** Nobody edits files there: what fails has to be seen to fail. */
const production = process.env.NODE_ENV === 'production';

const windows = process.platform === 'win32';
const log = (line: string) => console.log(`[dev] ${line}`);

let restarting = false;
let ending = false;
let child = start();

watchSource((file) => {
  if (ending || restarting) return;
  log(`${file} changed: starting again.`);
  if (hasEnded()) child = start();
  else {
    restarting = true;
    stop('SIGTERM');
  }
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);

// A signal to the package manager alone reaches its shell, but not this process: what it notices is
// that it has another parent. Whoever runs it without a package manager may leave it on purpose.
const { ppid } = process;
if (process.env.npm_lifecycle_event && !windows) {
  const poll = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(poll);
    end('SIGTERM');
  }, 1_000);
}

function start(): ChildProcess {
  const preload = new URL('exit-with-parent.ts', import.meta.url).href;
  const args = ['--import', import.meta.resolve('tsx'), '--import', preload, 'dev/run.ts'];
  return spawn(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // A group of its own: Ctrl-C reaches the server once, from here, and not from the terminal too.
    // On Windows a group of its own would be a window of its own.
    detached: !windows,
  }).once('exit', (code, signal) => {
    if (restarting) {
      restarting = false;
      child = start();
    } else if (ending || production) {
      process.exit(code ?? 128 + constants.signals[signal ?? 'SIGTERM']);
    } else log(`The server ended (${signal ?? `status ${code}`}); waiting for a change.`);
  });
}

function end(signal: NodeJS.Signals): void {
  if (hasEnded()) process.exit(0);
  stop(ending ? 'SIGKILL' : signal);
  ending = true;
  restarting = false;
}

function stop(signal: NodeJS.Signals): void {
  // Windows has told the server itself, and `kill` would end it in the middle of a request.
  if (windows && signal === 'SIGINT') return;
  const stopped = child;
  stopped.kill(signal);
  setTimeout(() => stopped.kill('SIGKILL'), patience).unref();
}

function hasEnded(): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}
