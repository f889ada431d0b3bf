/**
 * Runs the conformance pack on servers of others and on our own, each installed into a temporary
 * folder, and writes conformance/results.json; `npm run docs` makes the table of it.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Peer, peers } from './peers.js';
import type { PeerResult, Verdicts } from './results.js';

const repository = fileURLToPath(new URL('..', import.meta.url));
const command = join(repository, 'bin/create-mcp-server.js');
const file = join(repository, 'conformance/results.json');

const wanted = process.argv.slice(2);
const before: PeerResult[] = JSON.parse(readFileSync(file, 'utf8'));
const workspace = mkdtempSync(join(tmpdir(), 'conformance-'));
try {
  const ours = ['hono', 'express', 'fastify'].map(
    (id) => [`ours-${id}`, () => testOurs(id)] as const,
  );
  const theirs = peers.map((peer) => [peer.id, () => testPeer(peer)] as const);
  const results = new Map(before.map((result) => [result.id, result]));
  for (const [id, test] of [...ours, ...theirs]) {
    if (wanted.length > 0 && !wanted.includes(id)) continue;
    results.set(id, await test());
    // Now, not at the end: what was found stays found when the next one cannot be installed.
    const sorted = [...ours, ...theirs].flatMap(([each]) => results.get(each) ?? []);
    writeFileSync(file, `${JSON.stringify(sorted, null, 2)}\n`);
  }
} finally {
  rmSync(workspace, { recursive: true, force: true });
}

async function testOurs(framework: string): Promise<PeerResult> {
  const id = `ours-${framework}`;
  const options = ['--oauth', '--framework', framework, '--no-install', '--no-git', '--yes'];
  run(process.execPath, [command, id, ...options], workspace);
  const directory = join(workspace, id);
  symlinkSync(join(repository, 'node_modules'), join(directory, 'node_modules'));
  run(join(repository, 'node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'], directory);
  const { version } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
  return {
    id,
    title: `create-mcp-server, ${framework}`,
    language: 'TypeScript',
    package: 'create-mcp-server',
    version,
    configuration: `\`--oauth --framework ${framework}\``,
    cases: await test(directory, [process.execPath, 'dist/index.js'], ['--scopes', 'mcp:use']),
  };
}

async function testPeer(peer: Peer): Promise<PeerResult> {
  const { id, title, language, packages, files, main, configuration, scoped } = peer;
  const directory = join(workspace, id);
  mkdirSync(directory);
  const interpreter =
    language === 'Python' ? installPython(peer, directory) : installNode(peer, directory);
  for (const [to, from] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, to)), { recursive: true });
    cpSync(join(repository, 'conformance/peers', from), join(directory, to));
  }
  const names = { ISSUER: '{issuer}', JWKS: '{jwks}', RESOURCE: '{url}' };
  const options = [
    ...Object.entries(names).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...(scoped ? ['--scopes', 'mcp:use'] : []),
  ];
  const [[name, version]] = packages as [readonly [string, string]];
  const cases = await test(directory, [interpreter, main], options);
  return { id, title, language, package: name, version, configuration, cases };
}

function installNode({ packages }: Peer, directory: string): string {
  writeFileSync(join(directory, 'package.json'), '{ "type": "module", "private": true }');
  const exact = packages.map(([name, version]) => `${name}@${version}`);
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', ...exact], directory);
  return process.execPath;
}

function installPython({ packages }: Peer, directory: string): string {
  run('python3', ['-m', 'venv', 'environment'], directory);
  const exact = packages.map(([name, version]) => `${name}==${version}`);
  run('environment/bin/pip', ['install', '--quiet', ...exact], directory);
  return 'environment/bin/python';
}

/** @returns the outcome of each case */
async function test(directory: string, server: string[], options: string[]): Promise<Verdicts> {
  const url = `http://localhost:${await findFreePort()}/mcp`;
  const args = [command, 'conformance', url, '--json', ...options, '--', ...server];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: directory,
    encoding: 'utf8',
  });
  const report = JSON.parse(stdout || '{}');
  if (!Array.isArray(report.cases)) throw new Error(`${directory}: ${stdout}${stderr}`);
  const verdicts = report.cases.map(({ id, outcome, seen, reason }: Record<string, string>) => [
    id,
    // The port is another one each time.
    outcome === 'passed'
      ? { outcome }
      : { outcome, said: (seen ?? reason)?.replace(/(localhost|127\.0\.0\.1):\d+/g, '$1') },
  ]);
  process.stderr.write(`${directory}: ${JSON.stringify(report.passed)} passed\n`);
  return Object.fromEntries(verdicts);
}

function run(program: string, args: string[], cwd: string): void {
  execFileSync(program, args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
