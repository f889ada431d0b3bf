/** The other frameworks that generated servers are compared with, installed from the registry. */
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Program } from './server-process.js';
import { repository } from './workspace.js';

export interface Peer {
  /** With its version. */
  name: string;
  program: Program;
}

const source = join(repository, 'bench/peers/frameworks');

/** Each has a folder, with packages of its own: they need different versions of the same ones. */
const peers = {
  'sdk-1': '@modelcontextprotocol/sdk',
  fastmcp: 'fastmcp',
  'mcp-framework': 'mcp-framework',
};

/** @returns without those that cannot be installed, for want of a registry */
export async function installPeers(workspace: string): Promise<Peer[]> {
  const installed: Peer[] = [];
  for (const [folder, name] of Object.entries(peers)) {
    const directory = join(workspace, 'peers', folder);
    cpSync(join(source, folder, 'package.json'), join(directory, 'package.json'));
    if (!install(directory)) continue;
    await build({
      entryPoints: readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.mjs'))
        .map((file) => join(source, folder, file)),
      outbase: join(source, folder),
      outdir: directory,
      bundle: true,
      packages: 'external',
      platform: 'node',
      format: 'esm',
      logLevel: 'warning',
    });
    const manifest = readFileSync(join(directory, 'package.json'), 'utf8');
    const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
    const program = { directory, script: 'index.js', env: { TOOLS: '1' } };
    installed.push({ name: `${name} ${dependencies[name]}`, program });
  }
  return installed;
}

function install(directory: string): boolean {
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', ['install', ...flags], {
    cwd: directory,
    stdio: 'ignore',
    shell: process.platform === 'win32',
    timeout: 300_000,
  });
  return status === 0;
}
