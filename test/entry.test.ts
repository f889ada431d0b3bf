/** The command as a process: signals, exit status, streams. */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { makeTemporaryDirectory } from './support/directory.js';

const entry = fileURLToPath(new URL('../src/entry.ts', import.meta.url));

/** Starts the command, and calls `onStarted` when what it runs says that it has started. */
async function start(
  argv: string[],
  env: NodeJS.ProcessEnv,
  onStarted: (kill: (signal: NodeJS.Signals) => void) => void = () => {},
) {
  const cwd = makeTemporaryDirectory();
  const child = spawn(process.execPath, ['--import', import.meta.resolve('tsx'), entry, ...argv], {
    cwd,
    env: { PATH: process.env.PATH, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    // Once: a second signal could meet the process when it no longer listens, at its very end.
    if (!stderr.includes('started') && (stderr + text).includes('started')) {
      onStarted((signal) => child.kill(signal));
    }
    stderr += text;
  });
  const status = await new Promise((resolve) => child.on('close', resolve));
  return { status, cwd, stdout };
}

it('prints the version of the package', async () => {
  expect(await start(['--version'], {})).toMatchObject({
    status: 0,
    stdout: `${manifest.version}\n`,
  });
});

it('ends with the status of what went wrong', async () => {
  const { status, stdout } = await start(['--json', '--frobnicate'], {});
  expect(status).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({ ok: false });
});

it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM'] as const)(
  'ends with 130 on %s, and so does what it runs',
  async (signal) => {
    const PATH = makeTemporaryDirectory();
    const script = `#!/bin/sh\necho started\nexec ${process.execPath} -e 'setInterval(() => {}, 1000)'\n`;
    writeFileSync(join(PATH, 'npm'), script, { mode: 0o755 });
    const { status, cwd } = await start(['my-app', '--no-git'], { PATH }, (kill) => kill(signal));
    expect(status).toBe(130);
    expect(readdirSync(cwd)).toEqual(['my-app']);
    expect(existsSync(join(cwd, 'my-app/package.json'))).toBe(true);
  },
);
