// A Redis of its own for a test, which can go away and come back.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fs from 'fs-extra';
import { findProgram } from './program.js';
import { freePort } from './project.js';

export const redisProgram = findProgram('redis-server');

export interface TestRedis extends AsyncDisposable {
  url: string;
  /** Ends it in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Starts it again at the same address, with what it was told before. */
  start(): Promise<void>;
  /** It takes connections, and says nothing any more. */
  freeze(): void;
  thaw(): void;
}

/** @param keeps it writes down what it is told; without, it forgets everything when it ends */
export async function startRedis({ keeps = false } = {}): Promise<TestRedis> {
  const port = await freePort();
  const directory = await fs.mkdtemp(join(tmpdir(), 'redis-'));
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''];
  const persistence = keeps ? ['yes', '--appendfsync', 'always'] : ['no'];
  let child: ChildProcess | undefined;
  const killChild = () => child?.kill('SIGKILL');

  async function start(): Promise<void> {
    const program = redisProgram.path ?? '';
    const starting = spawn(program, [...args, '--appendonly', ...persistence], { stdio: 'ignore' });
    child = starting;
    await once(starting, 'spawn');
    while (!(await answers(port))) {
      if (starting.exitCode !== null) throw new Error(`redis-server ended: ${starting.exitCode}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async function kill(): Promise<void> {
    if (child === undefined) return;
    const ended = once(child, 'exit');
    killChild();
    await ended;
    child = undefined;
  }

  process.once('exit', killChild);
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    async [Symbol.asyncDispose]() {
      await kill();
      process.off('exit', killChild);
      await fs.remove(directory);
    },
  };
}

/** Not before it has read its file again. */
function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (data) => {
      resolve(data.toString().startsWith('+PONG'));
      socket.destroy();
    });
    socket.once('error', () => resolve(false));
  });
}
