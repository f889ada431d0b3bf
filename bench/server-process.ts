/** Starts servers as processes of their own and reads what they use over a side channel. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { atExit, repository } from './workspace.js';

export interface Usage {
  /** CPU time since the start, in microseconds, of all threads. */
  cpu: number;
  /** Resident memory, in bytes. */
  resident: number;
}

export interface ServerProcess {
  port: number;
  /** From spawn to the first 200 on /health, in milliseconds. */
  bootTime: number;
  usage(): Promise<Usage>;
  stop(): Promise<void>;
}

export interface Program {
  /** The project that the server runs in. */
  directory: string;
  /** Its main file, relative to `directory`. */
  script: string;
  /** Besides what every server gets. */
  env?: Record<string, string>;
}

const preload = join(repository, 'bench/report-usage.mjs');
const patience = 15_000;

/**
 * Starts `program` and waits until it is healthy.
 * @param preloads node's arguments before the script; without the preload there is no `usage`
 * @throws Error with what the server printed, when it ends or stays silent
 */
export async function startServer(
  { directory, script, env }: Program,
  preloads: readonly string[] = ['--import', preload],
): Promise<ServerProcess> {
  const port = await findFreePort();
  const started = performance.now();
  const child = spawn(process.execPath, [...preloads, script], {
    cwd: directory,
    // Nothing is inherited: NODE_OPTIONS and the like would be measured too.
    env: {
      NODE_ENV: 'production',
      LOG_LEVEL: 'info',
      PORT: String(port),
      // What the requests call it, as in production.
      PUBLIC_URL: `http://127.0.0.1:${port}`,
      ...env,
    },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  atExit(() => child.kill('SIGKILL'));
  let printed = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    printed += text;
  });

  while (!(await isHealthy(port))) {
    if (child.exitCode !== null || performance.now() - started > patience) {
      throw new Error(`${join(directory, script)} did not start:\n${printed}`);
    }
    await pause(1);
  }
  return {
    port,
    bootTime: performance.now() - started,
    usage: () => askUsage(child),
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function askUsage(child: ChildProcess): Promise<Usage> {
  const answer = once(child, 'message', { signal: AbortSignal.timeout(patience) });
  child.send('usage');
  return (await answer)[0] as Usage;
}

function isHealthy(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    request({ host: '127.0.0.1', port, path: '/health' }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    })
      .on('error', () => resolve(false))
      .end();
  });
}

/** A port that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
