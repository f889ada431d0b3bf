/** Binds the command to this process. */
import { randomBytes } from 'node:crypto';
import { homedir } from 'node:os';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import { main } from './main.js';

const controller = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) {
  process.on(name, () => controller.abort());
}

// Who reads only the beginning, as head does, closes the pipe: no reason to stop, or to complain.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await main({
  argv: process.argv.slice(2),
  cwd: process.cwd(),
  home: homedir(),
  env: process.env,
  // Opening stdin takes milliseconds, and most runs ask nothing.
  get stdin() {
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  now: () => performance.now(),
  randomBytes,
  signal: controller.signal,
  // The same place seen from src/ and from dist/.
  templates: fileURLToPath(new URL('../templates', import.meta.url)),
  schemas: fileURLToPath(new URL('../schema', import.meta.url)),
  version: manifest.version,
});
