// Generated projects, as tests use them: made by the real command, built, and booted.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import fs from 'fs-extra';
import { main } from '../../src/main.js';

export const repository = fileURLToPath(new URL('../..', import.meta.url));

export interface Project extends AsyncDisposable {
  directory: string;
  /** Runs a binary of the project's dependencies to its end. @throws when it fails */
  run(binary: string, ...args: string[]): Promise<string>;
}

/**
 * Scaffolds `my-app` into a temporary directory. Its dependencies are this repository's own, which
 * are the same versions: `manifests.test.ts` compares them.
 */
export async function createProject(...args: string[]): Promise<Project> {
  const parent = await fs.mkdtemp(join(await fs.realpath(tmpdir()), 'generated-'));
  const directory = join(parent, 'my-app');
  await scaffold(parent, 'my-app', ...args, '--no-install', '--no-git');
  await fs.ensureSymlink(join(repository, 'node_modules'), join(directory, 'node_modules'));
  return {
    directory,
    async run(binary, ...rest) {
      const path = join(repository, 'node_modules', '.bin', binary);
      const { all } = await execa(path, rest, { cwd: directory, all: true });
      return all;
    },
    [Symbol.asyncDispose]: () => fs.remove(parent),
  };
}

/** Runs the command in this process. @throws with what it printed when it fails */
async function scaffold(cwd: string, ...argv: string[]): Promise<void> {
  const output = new PassThrough();
  const status = await main({
    argv,
    cwd,
    home: '/nowhere',
    env: {},
    stdin: new PassThrough(),
    stdout: output,
    stderr: output,
    now: () => 0,
    // The same each time, so that snapshots stay the same.
    randomBytes: (size) => Buffer.from(Array.from({ length: size }, (_, index) => index)),
    signal: new AbortController().signal,
    templates: join(repository, 'templates'),
    schemas: join(repository, 'schema'),
    version: '0.0.0',
  });
  if (status !== 0) throw new Error(`exit status ${status}: ${output.read()}`);
}

export interface Running extends AsyncDisposable {
  process: ChildProcess;
  /** The MCP endpoint. */
  url: string;
  /** What the server has printed so far. */
  output(): string;
  /** Ends it and tells its exit status. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

/**
 * Starts the built server, or `npm run dev`, on a free port, and waits until it answers.
 * @param channel whether messages can be sent to the process
 * @throws with what it printed, when it ends instead
 */
export async function boot(
  { directory }: { directory: string },
  env: Record<string, string> = {},
  command = [process.execPath, 'dist/index.js'],
  isUp = (health: Response) => health.ok,
  channel = false,
): Promise<Running> {
  const port = env.PORT ?? (await freePort());
  const url = env.PUBLIC_URL ?? `http://localhost:${port}`;
  const [file = '', ...args] = command;
  const child = spawn(file, args, {
    cwd: directory,
    env: {
      PATH: process.env.PATH,
      PORT: String(port),
      PUBLIC_URL: url,
      OAUTH_AUDIENCE: `${url}/mcp`,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe', ...(channel ? ['ipc' as const] : [])],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const closed = once(child, 'close');
  const running: Running = {
    process: child,
    url: `http://localhost:${port}/mcp`,
    output: () => output,
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      await closed;
      return child.exitCode;
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGTERM');
      await closed;
    },
  };
  while (child.exitCode === null && child.signalCode === null) {
    const health = await fetch(`http://localhost:${port}/health`).catch(() => undefined);
    if (health !== undefined && isUp(health)) return running;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  await closed;
  throw new StartFailure(child.exitCode, output);
}

/** The server ended before it answered. */
export class StartFailure extends Error {
  constructor(
    readonly status: number | null,
    readonly output: string,
  ) {
    super(`The server ended with status ${status}:\n${output}`);
  }
}

/** What a start ends with that should fail. @throws when it does not */
export async function failedStart(starting: Promise<Running>): Promise<StartFailure> {
  const error = await starting.then(
    async (started) => {
      await started.stop();
    },
    (thrown: unknown) => thrown,
  );
  if (error instanceof StartFailure) return error;
  throw error ?? new Error('The server did start');
}

/** A port that was free a moment ago; the server itself insists on a number. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
