/** Makes the servers that are measured: generated projects, and the peer. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Program } from './server-process.js';
import { repository } from './workspace.js';

/** In place of the example tools; how many there are is decided when the server starts. */
const toolTable = `
import { convertTool } from './convert-tool.js';
import { defineTool, type Tool } from './tool.js';

export const tools: readonly Tool[] = Array.from(
  { length: Number(process.env.TOOLS) },
  (_, index) => defineTool(convertTool(index)),
);
`;

/**
 * Scaffolds a project, gives it the tools that are measured, and builds it.
 * @param options of the command, besides those that keep it from installing
 * @param change something in the project, before it is built
 */
export function buildGenerated(
  workspace: string,
  name: string,
  options: string[] = [],
  change: (directory: string) => void = () => {},
): Program {
  const directory = scaffold(workspace, name, options);
  change(directory);
  const tools = join(directory, 'src/tools');
  copyFileSync(join(repository, 'bench/peers/convert-tool.ts'), join(tools, 'convert-tool.ts'));
  writeFileSync(join(tools, 'index.ts'), toolTable);
  const tsc = join(repository, 'node_modules/typescript/bin/tsc');
  run([tsc, '-p', 'tsconfig.build.json'], directory);
  return { directory, script: 'dist/index.js' };
}

/** @returns the project's directory */
export function scaffold(workspace: string, name: string, options: string[] = []): string {
  const command = join(repository, 'bin/create-mcp-server.js');
  run([command, name, ...options, '--no-install', '--no-git'], workspace);
  return join(workspace, name);
}

/** Builds the server that the SDK's documentation would have one write. */
export async function buildPeer(workspace: string): Promise<Program> {
  const script = 'sdk-default.mjs';
  await build({
    entryPoints: [join(repository, 'bench/peers/sdk-default.ts')],
    outfile: join(workspace, script),
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  return { directory: workspace, script };
}

function run(args: string[], cwd: string): void {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`node ${args.join(' ')} failed:\n${stdout}${stderr}`);
}
