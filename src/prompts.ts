/** Asks for what the flags leave open. Every question comes before the first write. */

import { autocomplete, confirm, isCancel, select, text } from '@clack/prompts';
import type { Flags } from './cli.js';
import { exampleName } from './defaults.js';
import { CommandError, cancelled } from './errors.js';
import { defaultFramework, frameworks } from './frameworks.js';
import { refuseAudience, resolveAuthMode, resolveProvider, wantsOAuth } from './oauth-options.js';
import { resolveFramework } from './options.js';
import { packageManagers } from './package-manager.js';
import { defaultProvider, providers } from './providers/index.js';
import type { Provider, Variable } from './providers/types.js';
import { checkVariable, neededVariables, parseAssignments } from './providers/variables.js';
import type { Input, Output } from './terminal.js';
import { parseIssuer } from './values.js';

interface Streams {
  readonly input: Input;
  readonly output: Output;
  readonly signal: AbortSignal;
}

export interface Questioning extends Streams {
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
  const { packageManagerKnown, checkDirectory, ...streams } = questioning;
  // What was given and cannot work is reported before anything is asked.
  const oauthKnown = wantsOAuth(flags);
  if (flags.provider !== undefined) findOpenVariables(flags.provider, flags);
  resolveFramework(flags.framework);

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
  const answers = oauth ? await askAboutProvider(flags, streams) : {};
  const framework =
    flags.framework ??
    answered(
      await select({
        ...streams,
        message: 'Which HTTP framework?',
        initialValue: defaultFramework.id as string,
        options: frameworks.map(({ id, title, summary }) => ({
          value: id as string,
          label: title,
          hint: summary,
        })),
      }),
    );
  let { packageManager } = flags;
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
    ...answers,
    directory,
    oauth,
    framework,
    ...(packageManager === undefined ? {} : { packageManager }),
  };
}

/** Chooses a preset, and asks for what it needs. */
async function askAboutProvider(flags: Flags, streams: Streams): Promise<Partial<Flags>> {
  // An issuer alone means any OpenID provider.
  const provider =
    flags.provider ??
    (flags.issuer === undefined ? await askProvider(streams) : defaultProvider.id);
  const open = findOpenVariables(provider, flags);
  if (provider === defaultProvider.id && flags.issuer === undefined) {
    // The development provider goes with its own mode only.
    const optional = (flags.authMode ?? defaultProvider.mode) === defaultProvider.mode;
    const issuer = answered(
      await text({
        ...streams,
        message: `Issuer URL of the provider?${optional ? ' Leave it blank for a development provider.' : ''}`,
        validate: (value) => (value || !optional ? complaint(parseIssuer, value ?? '') : undefined),
      }),
    );
    return { provider, ...(issuer ? { issuer } : {}) };
  }
  const set = [...(flags.set ?? [])];
  for (const variable of open) {
    set.push(`${variable.name}=${await askVariable(variable, streams)}`);
  }
  return { provider, ...(set.length === 0 ? {} : { set }) };
}

/**
 * The variables that are needed and not given.
 *
 * @throws UsageError if the flags do not go with the preset
 */
function findOpenVariables(id: string, flags: Flags): Variable[] {
  const provider = resolveProvider(id);
  const mode = resolveAuthMode(flags.authMode, provider);
  refuseAudience(flags, mode);
  const given = parseAssignments(provider, flags.set ?? []);
  return neededVariables(provider, mode, flags).filter(({ name }) => !(name in given));
}

async function askProvider(streams: Streams): Promise<string> {
  return answered(
    await autocomplete({
      ...streams,
      message: 'Which identity provider? Type to search.',
      maxItems: 8,
      options: providers.map(({ id, title, summary }) => ({
        value: id,
        label: title,
        hint: summary,
      })),
      filter: (typed, { value }) => matches(resolveProvider(value), typed),
      validate: (value) =>
        value === undefined ? 'Nothing is called that. Delete some of it.' : undefined,
    }),
  );
}

function matches({ id, aliases, title, summary }: Provider, typed: string): boolean {
  const wanted = typed.trim().toLowerCase();
  return [id, ...aliases, title, summary].some((text) => text.toLowerCase().includes(wanted));
}

async function askVariable(variable: Variable, streams: Streams): Promise<string> {
  const { title, example, where, default: usual } = variable;
  return answered(
    await text({
      ...streams,
      message: `${title}? ${where}`,
      placeholder: usual ?? example,
      ...(usual === undefined ? {} : { defaultValue: usual }),
      validate: (value) =>
        complaint((given) => checkVariable(variable, given), value || usual || ''),
    }),
  );
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
