/**
 * Runs the tests with every supported line of Node, the lowest version first: `npm run test:nodes`.
 * The versions come from the registry's `node` package, into a temporary folder.
 *
 *   npm run test:nodes -- --all          the whole suite with each
 *   npm run test:nodes -- 24             one line
 */
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { execa } from 'execa';
import { nodeVersions } from './node-versions.js';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What each version has to do: parts of the paths of test files. */
const parts: Readonly<Record<string, () => Promise<string[]>>> = {
  command: async () =>
    (await readdir(join(root, 'test')))
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => `test/${file}`),
  doctor: async () => ['test/doctor/'],
  // One project of each kind, made, built and booted, and one installed as a user does.
  projects: async () =>
    ['open', 'jwt', 'introspection', 'proxy-restart', 'frameworks', 'development', 'published'].map(
      (name) => `test/generated/${name}.test.ts`,
    ),
};

interface Row {
  readonly node: string;
  readonly part: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

const { values, positionals } = parseArgs({
  options: { all: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const wanted = nodeVersions.filter(
  (version) => positionals.length === 0 || positionals.some((line) => version.startsWith(line)),
);
if (wanted.length === 0) throw new Error(`There is no such version: ${nodeVersions.join(', ')}`);

const folder = await mkdtemp(join(tmpdir(), 'create-mcp-server-nodes-'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    rmSync(folder, { recursive: true, force: true });
    process.exit(130);
  });
}
const rows: Row[] = [];
try {
  await execa('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'inherit' });
  for (const version of wanted) {
    const node = await installNode(version);
    if (values.all) rows.push(await runTests(node, 'all', []));
    else {
      for (const [part, list] of Object.entries(parts)) {
        rows.push(await runTests(node, part, await list()));
      }
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
console.table(rows);
process.exitCode = rows.every(({ passed, failed }) => passed > 0 && failed === 0) ? 0 : 1;

/** @returns the path of the program */
async function installNode(version: string): Promise<string> {
  const directory = join(folder, version);
  await mkdir(directory);
  const quiet = ['--no-audit', '--no-fund', '--no-save', '--loglevel=error'];
  // The package fetches the program for this system in a script of its own.
  await execa('npm', ['install', ...quiet, '--prefix', directory, `node@${version}`], {
    cwd: directory,
    env: { npm_config_ignore_scripts: 'false' },
  });
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  return join(directory, 'node_modules', 'node', 'bin', file);
}

/** Runs some files with one version: the tests, and whatever they start. */
async function runTests(node: string, part: string, files: readonly string[]): Promise<Row> {
  const { stdout: version } = await execa(node, ['--version']);
  const report = join(folder, 'report.json');
  await rm(report, { force: true });
  console.log(`\n${version}: ${part}`);
  const started = performance.now();
  const reporter = process.stdout.isTTY ? 'dot' : 'default';
  // Whoever runs this does something else meanwhile.
  const patience = ['--testTimeout=120000', '--hookTimeout=240000'];
  const reporters = [`--reporter=${reporter}`, '--reporter=json', `--outputFile.json=${report}`];
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { exitCode = 1 } = await execa(node, [vitest, 'run', ...patience, ...reporters, ...files], {
    cwd: root,
    env: { PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
    stdio: 'inherit',
    reject: false,
  });
  const counts = await readCounts(report);
  return {
    node: version,
    part,
    passed: counts.passed,
    // Vitest fails too for what is wrong outside of tests.
    failed: exitCode === 0 ? counts.failed : Math.max(counts.failed, 1),
    skipped: counts.skipped,
    seconds: Math.round((performance.now() - started) / 1000),
  };
}

async function readCounts(path: string) {
  try {
    const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(
      await readFile(path, 'utf8'),
    );
    return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}
