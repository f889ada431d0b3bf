/** The commands a user types after the project is made. */
import { quote } from './command.js';
import type { Options } from './options.js';

/** Enters the project; nothing if the user is there already. */
export function enterCommand({ directory }: Pick<Options, 'directory'>): string[] {
  return /^\.\/*$/.test(directory) ? [] : [`cd ${quote(directory)}`];
}

/** Leads to a running server, in order. */
export function nextSteps(
  options: Pick<Options, 'directory' | 'packageManager' | 'install'>,
): string[] {
  const { packageManager, install } = options;
  return [
    ...enterCommand(options),
    ...(install ? [] : [packageManager.install]),
    `${packageManager.run} dev`,
    packageManager.test,
  ];
}
