// The package managers besides npm, in the versions that projects are tested with: installed from
// the registry, and started as a person starts them.
import { delimiter, join } from 'node:path';
import fs from 'fs-extra';
import { runIn } from './published.js';

export interface TestedManager {
  /** As `--package-manager` has it. */
  id: string;
  /** Its package on the registry. */
  package: string;
  /** Runs the tool from a tarball, as `create` runs it from the registry. */
  create(tarball: string): string[];
  /** What has to be there before that. */
  prepare?(tarball: string): string[];
}

export const testedManagers: TestedManager[] = [
  { id: 'pnpm', package: 'pnpm@12.21.0', create: (tarball) => ['pnpm', 'dlx', tarball] },
  {
    id: 'yarn',
    package: '@yarnpkg/cli-dist@4.18.1',
    create: (tarball) => [
      ...['yarn', 'dlx', '--quiet', '--package', `create-mcp-server@file:${tarball}`],
      'create-mcp-server',
    ],
  },
  {
    id: 'yarn-classic',
    package: 'yarn@1.22.22',
    // Its `create` installs globally what the registry has, and runs that.
    prepare: (tarball) => ['yarn', 'add', `file:${tarball}`],
    create: () => ['yarn', '--silent', 'run', 'create-mcp-server'],
  },
  {
    id: 'bun',
    package: 'bun@1.4.5',
    create: (tarball) => ['bunx', '--package', tarball, 'create-mcp-server'],
  },
];

/**
 * Installs a package manager.
 * @param directory where to, empty
 * @returns the environment in which it is on the PATH, and asks the registry that npm asks
 */
export async function installManager(
  { package: name }: TestedManager,
  directory: string,
): Promise<NodeJS.ProcessEnv> {
  await fs.outputJson(join(directory, 'package.json'), { private: true });
  const run = runIn(directory);
  await run('npm', 'install', '--no-audit', '--no-fund', name);
  const { stdout: registry } = await run('npm', 'config', 'get', 'registry');
  const bin = join(directory, 'node_modules', '.bin');
  return {
    PATH: [bin, (await run('printenv', 'PATH')).stdout].join(delimiter),
    // Each reads one of these; npm's own settings are read by some only.
    npm_config_registry: registry,
    pnpm_config_registry: registry,
    YARN_REGISTRY: registry,
    YARN_NPM_REGISTRY_SERVER: registry,
    BUN_CONFIG_REGISTRY: registry,
    // What was published today is what this repository is tested with.
    pnpm_config_minimum_release_age: '0',
    YARN_NPM_MINIMAL_AGE_GATE: '0',
    YARN_ENABLE_TELEMETRY: '0',
  };
}
