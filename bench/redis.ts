/** A Redis server for a benchmark, where there is one on the machine. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { findFreePort } from './server-process.js';
import { atExit } from './workspace.js';

export interface RedisServer {
  url: string;
  stop(): Promise<void>;
}

/** @returns undefined where redis-server is not installed */
export async function startRedis(directory: string): Promise<RedisServer | undefined> {
  const port = await findFreePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  const child = spawn('redis-server', args, { cwd: directory, stdio: 'ignore' });
  const isThere = await Promise.race([
    once(child, 'spawn').then(() => true),
    once(child, 'error').then(() => false),
  ]);
  if (!isThere) return undefined;
  atExit(() => child.kill('SIGKILL'));
  while (!(await answers(port))) await pause(10);
  return { url: `redis://127.0.0.1:${port}`, stop: () => end(child) };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.destroy();
      resolve(true);
    }).on('error', () => resolve(false));
  });
}

async function end(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
