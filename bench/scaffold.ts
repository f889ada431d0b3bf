/** The time that scaffolding takes, as a whole process, beside create-vite and Node itself. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Report } from './report.js';
import { median, ratio } from './statistics.js';
import { describeGoal } from './table.js';
import { repository } from './workspace.js';

const rounds = 20;
const ours = join(repository, 'bin/create-mcp-server.js');
const vite = join(
  createRequire(import.meta.url).resolve('create-vite/package.json'),
  '../index.js',
);

/** Arguments of node; `DIR` stands for a directory that does not exist yet. */
const commands = {
  'node -e 0': ['-e', '0'],
  'create-vite': [vite, 'DIR', '--template', 'vanilla-ts', '--no-interactive'],
  'create-mcp-server': [ours, 'DIR', '--no-install', '--no-git'],
  'create-mcp-server --oauth': [ours, 'DIR', '--oauth', '--no-install', '--no-git'],
};

export function measureScaffolding(workspace: string, report: Report): void {
  const runs = Object.entries(commands).map(([name, args]) => ({
    name,
    args,
    files: 0,
    times: [] as number[],
  }));
  for (let round = -1; round < rounds; round++) {
    for (const run of runs) {
      const { milliseconds, files } = runOnce(workspace, run.args);
      run.files = files;
      // The first round only fills the system's caches.
      if (round >= 0) run.times.push(milliseconds);
    }
  }

  const base = runs.find(({ name }) => name === 'create-vite')?.times ?? [];
  const rows = runs.map(({ name, files, times }) => [
    name,
    String(files),
    median(times).toFixed(0),
    ratio(times, base).toFixed(2),
  ]);
  const found = runs.slice(2).map(({ times }) => ratio(times, base));
  report.table(
    `Scaffolding without install, whole process (median of ${rounds} alternating runs)`,
    ['command', 'files', 'ms', '× create-vite'],
    rows,
    [
      describeGoal(
        'within 1.5 × create-vite',
        found.map((times) => `${times.toFixed(2)} ×`).join(' and '),
        found.every((times) => times <= 1.5),
      ),
    ],
  );
}

let made = 0;

/** Every project stays until the end: creating files right after deleting some is slower. */
function runOnce(workspace: string, args: string[]): { milliseconds: number; files: number } {
  const name = `scaffolded-${made++}`;
  const started = performance.now();
  const { status, stderr } = spawnSync(
    process.execPath,
    args.map((arg) => (arg === 'DIR' ? name : arg)),
    { cwd: workspace, stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8', timeout: 30_000 },
  );
  const milliseconds = performance.now() - started;
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${stderr}`);
  return { milliseconds, files: args.includes('DIR') ? countFiles(join(workspace, name)) : 0 };
}

function countFiles(directory: string): number {
  const entries = readdirSync(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).length;
}
