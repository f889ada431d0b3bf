/** What a user does after the project is made: commands, and what no command does. */
import { quoteHere } from './command.js';
import { missingSettings } from './missing-settings.js';
import type { Options } from './options.js';
import type { Step } from './schema/output.js';

type Situation = Pick<Options, 'directory' | 'packageManager' | 'install' | 'oauth'>;

/** Enters the project; nothing if the user is there already. */
export function enterCommand({ directory }: Pick<Options, 'directory'>): string[] {
  return /^\.\/*$/.test(directory) ? [] : [`cd ${quoteHere(directory)}`];
}

/** Leads to a running server, in order; commands are for the project's directory. */
export function nextSteps({
  packageManager,
  install,
  oauth,
}: Omit<Situation, 'directory'>): Step[] {
  const missing = missingSettings(oauth);
  return [
    ...(install ? [] : [{ title: 'Install dependencies', command: packageManager.install }]),
    ...(missing.length === 0 ? [] : [{ title: `fill in .env: ${missing.join(', ')}` }]),
    { title: 'Run the server', command: `${packageManager.run} dev`, endless: true },
    { title: 'Run its tests', command: packageManager.test },
  ];
}

/** The same for people, in lines for a shell. */
export function describeSteps(situation: Situation): string[] {
  const lines = nextSteps(situation).map(({ title, command }) => command ?? `# ${title}`);
  return [...enterCommand(situation), ...lines];
}
