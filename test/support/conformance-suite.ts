// The official conformance suite. It needs the registry, and a Node that is new enough for it: both
// are installed once, and kept in node_modules/.cache.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import { parse } from 'yaml';
import { repository } from './project.js';

/** Exactly, because it is an early version: a later one may ask for something else. */
export const suiteVersion = '0.2.0-alpha.12';
/** The revisions of the protocol that it has requirements for. */
export const revisions = ['2025-11-25', '2026-07-28'] as const;
export type Revision = (typeof revisions)[number];

const needed = 22;
const usual = '24';

interface Check {
  id: string;
  status: 'SUCCESS' | 'FAILURE' | 'WARNING' | 'SKIPPED' | 'INFO';
  errorMessage?: string;
}

/** How a scenario ended. */
export interface Outcome {
  scenario: string;
  /** Whether the revision requires it; others are run for what they tell. */
  scored: boolean;
  checks: Check[];
}

export type Suite = Awaited<ReturnType<typeof installSuite>>;

export async function installSuite() {
  const isOld = Number.parseInt(process.versions.node, 10) < needed;
  const packages = [`@modelcontextprotocol/conformance@${suiteVersion}`];
  if (isOld) packages.push(`node@${usual}`);
  const folder = await installOnce(packages);
  const home = join(folder, 'node_modules/@modelcontextprotocol/conformance');
  const node = isOld ? join(folder, 'node_modules/.bin/node') : process.execPath;

  /** Starts it. What it finds out is in the folder `results` when it is done. */
  const start = (args: readonly string[], results: string) =>
    execa(node, [join(home, 'dist/index.js'), ...args, '--output-dir', results], {
      reject: false,
      timeout: 60_000,
    });

  return {
    start,
    /** Tries whatever a revision has scenarios for with the server at `url`. */
    async tryServer(url: string, revision: Revision): Promise<Outcome[]> {
      const results = await fs.mkdtemp(join(tmpdir(), 'conformance-'));
      try {
        const { stdout } = await start(
          ['server', '--url', url, '--requirements', revision],
          results,
        );
        const file = await fs.readFile(join(home, `requirements/${revision}.yaml`), 'utf8');
        const required: string[] = parse(file).server;
        const outcomes = await readOutcomes(results, required);
        const missing = required.filter(
          (name) => !outcomes.some(({ scenario }) => scenario === name),
        );
        if (missing.length > 0) throw new Error(`${missing.join(', ')} did not run:\n${stdout}`);
        return outcomes;
      } finally {
        await fs.remove(results);
      }
    },
  };
}

/** Two tests may install at the same time: the one that is done first has it. */
async function installOnce(packages: string[]): Promise<string> {
  const name = packages.join('+').replaceAll(/[@/]+/g, '-').replace(/^-/, '');
  const folder = join(repository, 'node_modules/.cache', name);
  if (await fs.pathExists(folder)) return folder;
  await fs.ensureDir(join(folder, '..'));
  const fresh = await fs.mkdtemp(`${folder}-`);
  const options = ['--no-audit', '--no-fund', '--no-save', '--prefix', fresh];
  await execa('npm', ['install', ...options, ...packages], { cwd: fresh });
  await fs.rename(fresh, folder).catch(() => fs.remove(fresh));
  return folder;
}

/** Every scenario has a folder: `server-NAME-TIME`. */
async function readOutcomes(results: string, required: readonly string[]): Promise<Outcome[]> {
  const folders = (await fs.readdir(results)).sort();
  return Promise.all(
    folders.map(async (folder) => {
      const scenario = folder.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT.*$/, '');
      const checks: Check[] = await fs.readJson(join(results, folder, 'checks.json'));
      return { scenario, scored: required.includes(scenario), checks };
    }),
  );
}
