// The package as it is published, and commands run as a user runs them: with nothing around that
// npm or this repository put there.
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import fs from 'fs-extra';
import { repository } from './project.js';

/**
 * Runs programs in a directory.
 * @param changes to the environment
 */
export function runIn(cwd: string, changes: NodeJS.ProcessEnv = {}) {
  const env = { ...plainEnvironment(), ...changes };
  return (file: string, ...args: string[]) =>
    execa(file, args, { cwd, env, extendEnv: false, all: true });
}

/** This process's environment, without what `npm test` adds to it. */
function plainEnvironment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|INIT_CWD$)/i.test(name));
  const { PATH = '', ...env } = Object.fromEntries(kept);
  const path = PATH.split(delimiter).filter((entry) => !entry.includes('node_modules'));
  return { ...env, PATH: path.join(delimiter) };
}

/**
 * Builds and packs this repository's package.
 * @returns the tarball's path
 */
export async function packTool(directory: string): Promise<string> {
  await runIn(repository)('npm', 'pack', '--pack-destination', directory);
  const file = (await fs.readdir(directory)).find((name) => name.endsWith('.tgz'));
  return join(directory, file ?? '');
}
