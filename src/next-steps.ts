/** What a user does after the project is made: commands, and comments for what no command does. */
import { quote } from './command.js';
import { missingSettings } from './missing-settings.js';
import type { Options } from './options.js';

/** Enters the project; nothing if the user is there already. */
export function enterCommand({ directory }: Pick<Options, 'directory'>): string[] {
  return /^\.\/*$/.test(directory) ? [] : [`cd ${quote(directory)}`];
}

/** Leads to a running server, in order. */
export function nextSteps(
  options: Pick<Options, 'directory' | 'packageManager' | 'install' | 'oauth'>,
): string[] {
  const { packageManager, install, oauth } = options;
  const missing = missingSettings(oauth);
  return [
    ...enterCommand(options),
    ...(install ? [] : [packageManager.install]),
    ...(missing.length === 0 ? [] : [`# fill in .env: ${missing.join(', ')}`]),
    `${packageManager.run} dev`,
    packageManager.test,
  ];
}
