/** Where a run puts what it makes, and how everything is cleared away, however the run ends. */
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of this repository. */
export const repository = fileURLToPath(new URL('..', import.meta.url));

const endings = new Set<() => void>();

process.once('exit', () => {
  for (const end of endings) end();
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.once(signal, () => process.exit(128 + constants.signals[signal]));
}

/** Runs `end` when this process ends: normally, by an error or by a signal. It has to be synchronous. */
export function atExit(end: () => void): void {
  endings.add(end);
}

/**
 * Makes a temporary directory. Whatever is below it finds the packages of this repository, so that
 * generated projects build and run without an install.
 */
export function createWorkspace(): string {
  const workspace = mkdtempSync(join(tmpdir(), 'create-mcp-server-bench-'));
  atExit(() => rmSync(workspace, { recursive: true, force: true }));
  symlinkSync(join(repository, 'node_modules'), join(workspace, 'node_modules'), 'junction');
  return workspace;
}
