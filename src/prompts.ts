/** Asks for what the flags leave open. Every question comes before the first write. */

import { confirm, isCancel, select, text } from '@clack/prompts';
import type { Flags } from './cli.js';
import { exampleName } from './defaults.js';
import { CommandError, cancelled } from './errors.js';
import { wantsOAuth } from './options.js';
import { packageManagers } from './package-manager.js';
import type { Provider } from './providers/types.js';
import type { Input, Output } from './terminal.js';
import { parseIssuer } from './values.js';

export interface Questioning {
  readonly input: Input;
  readonly output: Output;
  readonly signal: AbortSignal;
  readonly providers: readonly Provider[];
  /** Whether it is known which package manager runs the command. */
  readonly packageManagerKnown: boolean;
  /** Throws a CommandError if a project cannot go to this directory. */
  readonly checkDirectory: (directory: string) => void;
}

/**
 * @returns the flags, completed by the answers
 * @throws CancelledError if the user leaves, UsageError if the flags contradict each other
 */
export async function askMissing(flags: Flags, questioning: Questioning): Promise<Flags> {
  const { input, output, signal, providers, packageManagerKnown, checkDirectory } = questioning;
  const streams = { input, output, signal };
  const oauthKnown = wantsOAuth(flags);

  const directory =
    flags.directory ??
    answered(
      await text({
        ...streams,
        message: 'Where should the project be created?',
        placeholder: exampleName,
        defaultValue: exampleName,
        validate: (value) => complaint(checkDirectory, value || exampleName),
      }),
    );

  const oauth =
    oauthKnown ??
    answered(
      await confirm({
        ...streams,
        message: 'Protect the HTTP endpoint with OAuth?',
        initialValue: false,
      }),
    );

  let { provider, issuer, packageManager } = flags;
  if (oauth && provider === undefined && providers.length > 1) {
    provider = answered(
      await select({
        ...streams,
        message: 'Which identity provider?',
        options: providers.map(({ id, title, summary }) => ({
          value: id,
          label: title,
          hint: summary,
        })),
      }),
    );
  }
  if (oauth && issuer === undefined) {
    const answer = answered(
      await text({
        ...streams,
        message: 'Issuer URL of the provider? Leave it blank for a development provider.',
        validate: (value) => (value ? complaint(parseIssuer, value) : undefined),
      }),
    );
    if (answer) issuer = answer;
  }
  if (packageManager === undefined && !packageManagerKnown) {
    packageManager = answered(
      await select({
        ...streams,
        message: 'Which package manager?',
        options: packageManagers.map(({ id }) => ({ value: id as string, label: id })),
      }),
    );
  }
  return {
    ...flags,
    directory,
    oauth,
    ...(provider === undefined ? {} : { provider }),
    ...(issuer === undefined ? {} : { issuer }),
    ...(packageManager === undefined ? {} : { packageManager }),
  };
}

function answered<Answer>(answer: Answer): Exclude<Answer, symbol> {
  if (!isCancel(answer)) return answer as Exclude<Answer, symbol>;
  throw cancelled('Nothing was written. Run the command again to start over.');
}

/** What a check has against a value, in a line for below the question. */
function complaint(check: (value: string) => unknown, value: string): string | undefined {
  try {
    check(value);
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) return `${error.message}. ${error.why}`;
    throw error;
  }
}
