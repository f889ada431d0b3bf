/** `create-mcp-server` is killed in the middle of writing a project: there is a whole one, or none. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '../test/support/project.js';
import type { Fault } from './fault.js';

/** How many of the operations are tried, spread over all of them. */
const kills = 30;

export const killedWhileWriting: Fault = {
  name: 'killed-while-writing',
  about:
    'The process is killed (SIGKILL, as by a crash) or interrupted (SIGINT) before one of the operations on files with which it writes a project, at many places from the first to the last.',
  async cause(look) {
    const whole = await write({});
    const expected = list(whole.target);
    const places = spread(whole.operations, kills);
    for (const signal of ['SIGKILL', 'SIGINT'] as const) {
      let none = 0;
      let complete = 0;
      let part = 0;
      let again = 0;
      let left = 0;
      for (const at of places) {
        const run = await write({ at, signal });
        const found = existsSync(run.target) ? list(run.target) : undefined;
        if (found === undefined) none++;
        else if (found.join() === expected.join()) complete++;
        else part++;
        left += readdirSync(run.folder).some((name) => name !== 'my-app') ? 1 : 0;
        rmSync(run.target, { recursive: true, force: true });
        again += (await write({ folder: run.folder })).status === 0 ? 1 : 0;
        rmSync(run.folder, { recursive: true });
      }
      const clean = signal === 'SIGKILL' || left === 0;
      look(
        `${signal} at ${places.length} places`,
        `leave no project or a whole one${signal === 'SIGINT' ? ', and nothing else' : ''}`,
        `${none} × none, ${complete} × whole, ${part} × in part; a folder of its own was left ${left} times`,
        part === 0 && clean,
      );
      look(
        `${signal}, and again`,
        'write the project',
        `${again} of ${places.length}`,
        again === places.length,
      );
    }
    rmSync(whole.folder, { recursive: true });

    let lost = 0;
    const replacing = await write({ folder: occupied(), flags: ['--overwrite'] });
    const overwrites = spread(replacing.operations, kills);
    for (const at of overwrites) {
      const folder = occupied();
      await write({ folder, at, signal: 'SIGKILL', flags: ['--overwrite'] });
      const texts = readAll(folder);
      // What is replaced goes when everything else is in its place.
      const done = expected.every((path) => existsSync(join(folder, 'my-app', path)));
      if (!texts.includes(mine) || !(texts.includes(old) || done)) lost++;
      rmSync(folder, { recursive: true });
    }
    rmSync(replacing.folder, { recursive: true });
    look(
      `SIGKILL at ${overwrites.length} places of --overwrite`,
      'leave every file of the user, in its place or beside it',
      lost === 0 ? 'all are there' : `${lost} times one was gone`,
      lost === 0,
    );
  },
};

interface Killed {
  folder?: string;
  /** Before which operation. */
  at?: number;
  signal?: NodeJS.Signals;
  flags?: string[];
}

/** Runs the command in a process of its own. */
async function write({ folder = makeFolder(), at, signal, flags = [] }: Killed) {
  const preload = ['--import', join(repository, 'faults/kill-at.mjs')];
  const command = [join(repository, 'bin/create-mcp-server.js'), 'my-app', '--oauth', ...flags];
  const child = spawn(process.execPath, [...preload, ...command, '--no-install', '--no-git'], {
    cwd: folder,
    env: {
      PATH: process.env.PATH,
      ...(at !== undefined && { KILL_AT: String(at), KILL_BY: signal }),
    },
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let operations = 0;
  child.on('message', (count) => {
    operations = count as number;
  });
  await once(child, 'close');
  return { folder, target: join(folder, 'my-app'), status: child.exitCode, operations };
}

function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'create-mcp-server-faults-'));
}

const mine = 'written by the user';
const old = 'a readme of the user';

function occupied(): string {
  const folder = makeFolder();
  mkdirSync(join(folder, 'my-app/src'), { recursive: true });
  writeFileSync(join(folder, 'my-app/README.md'), old);
  writeFileSync(join(folder, 'my-app/src/mine.ts'), mine);
  return folder;
}

function list(directory: string): string[] {
  return readdirSync(directory, { recursive: true }).map(String).sort();
}

function readAll(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'));
}

function spread(total: number, count: number): number[] {
  const step = Math.max(1, total / count);
  return [...new Set(Array.from({ length: count }, (_, at) => 1 + Math.floor(at * step)))].filter(
    (at) => at <= total,
  );
}
