/** How long a generated server takes to answer, what it installs, and what memory it needs. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFor, startIssuer } from './issuer.js';
import { measureLoad } from './load.js';
import { createMessage } from './messages.js';
import { buildGenerated } from './project.js';
import type { Report } from './report.js';
import { type Program, startServer } from './server-process.js';
import { median } from './statistics.js';
import { describeGoal } from './table.js';

const boots = 10;
const largest = 20;

export async function measureBoot(workspace: string, report: Report): Promise<void> {
  const issuer = await startIssuer();
  const token = await issuer.sign('RS256', 'somebody');
  const env = { TOOLS: '1', ...environmentFor(issuer) };
  const variants = [
    { name: 'open', program: { ...buildGenerated(workspace, 'boot-open'), env } },
    { name: 'OAuth', program: { ...buildGenerated(workspace, 'boot-jwt', ['--oauth']), env } },
  ].map((variant) => ({ ...variant, times: [] as number[] }));

  for (let round = -1; round < boots; round++) {
    for (const { program, times } of variants) {
      const server = await startServer(program, []);
      await server.stop();
      // The first round only fills the system's caches.
      if (round >= 0) times.push(server.bootTime);
    }
  }

  const counts = variants.map(({ program }) => countPackages(program.directory));
  const rows = await Promise.all(
    variants.map(async ({ name, program, times }, at) => {
      const { idle, loaded } = await measureMemory(program, token);
      return [name, median(times).toFixed(0), String(counts[at] ?? '-'), idle, loaded];
    }),
  );
  const known = counts.filter((count) => count !== undefined);
  report.table(
    `Start of a generated server (median of ${boots} alternating starts)`,
    ['server', 'ms to a 200 on /health', 'packages', 'MB at start', 'MB after load'],
    rows,
    known.length < counts.length
      ? ['Packages are not counted: the registry cannot be reached.']
      : [
          describeGoal(
            `at most ${largest} production packages`,
            known.join(' and '),
            known.every((count) => count <= largest),
          ),
        ],
  );
  issuer.stop();
}

async function measureMemory(program: Program, token: string) {
  const server = await startServer(program);
  const message = createMessage('tools/call', 'modern', 1);
  const headers = { ...message.headers, authorization: `Bearer ${token}` };
  const idle = await server.usage();
  const next = () => ({ ...message, headers });
  await measureLoad([{ server, next }], { rounds: 1, duration: 3_000 });
  const loaded = await server.usage();
  await server.stop();
  const megabytes = ({ resident }: { resident: number }) => (resident / 1e6).toFixed(0);
  return { idle: megabytes(idle), loaded: megabytes(loaded) };
}

/** How many packages a production install brings; undefined without a registry. */
function countPackages(directory: string): number | undefined {
  const flags = ['--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', ['install', '--omit=dev', ...flags], {
    cwd: directory,
    stdio: 'ignore',
    shell: process.platform === 'win32',
    timeout: 60_000,
  });
  if (status !== 0) return undefined;
  const lock = JSON.parse(readFileSync(join(directory, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; peer?: boolean }>;
  };
  const installed = Object.entries(lock.packages).filter(
    // What is optional depends on the platform; the entry without a path is the project itself.
    ([path, { dev, optional }]) => path !== '' && !dev && !optional,
  );
  return installed.length;
}
