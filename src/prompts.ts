/** Asks for what the flags leave open. Every question comes before the first write. */
import type { Flags } from './cli.js';
import { exampleName } from './defaults.js';
import { Dialogue, type Streams } from './dialogue.js';
import { CommandError } from './errors.js';
import { frameworks } from './frameworks.js';
import { refuseAudience, resolveAuthMode, resolveProvider, wantsOAuth } from './oauth-options.js';
import { packageManagers } from './package-manager.js';
import { resolvePlatform } from './platform-options.js';
import { defaultProvider, providers } from './providers/index.js';
import { plainText } from './providers/plain-text.js';
import { searchProviders } from './providers/search.js';
import type { Variable } from './providers/types.js';
import { checkVariable, neededVariables, parseAssignments } from './providers/variables.js';
import { parseIssuer } from './values.js';

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
  const { deployment } = resolvePlatform(flags);

  const dialogue = new Dialogue(streams, 'create-mcp-server');
  try {
    const directory = flags.directory ?? (await askDirectory(dialogue, checkDirectory));
    const oauth = oauthKnown ?? (await dialogue.confirm('Protect the HTTP endpoint with OAuth?'));
    const answers = oauth ? await askAboutProvider(flags, dialogue) : {};
    const framework =
      flags.framework ?? (deployment.serverless ? undefined : await askFramework(dialogue));
    const packageManager =
      flags.packageManager ?? (packageManagerKnown ? undefined : await askPackageManager(dialogue));
    return {
      ...flags,
      ...answers,
      directory,
      oauth,
      ...(framework === undefined ? {} : { framework }),
      ...(packageManager === undefined ? {} : { packageManager }),
    };
  } finally {
    dialogue.end();
  }
}

function askDirectory(
  dialogue: Dialogue,
  checkDirectory: Questioning['checkDirectory'],
): Promise<string> {
  return dialogue.text({
    question: 'Where should the project be created?',
    example: exampleName,
    usual: exampleName,
    check: (value) => complaint(checkDirectory, value),
  });
}

function askFramework(dialogue: Dialogue): Promise<string> {
  return dialogue.select(
    'Which HTTP framework?',
    frameworks.map(({ id, title, summary }) => ({ value: id, label: title, hint: summary })),
  );
}

function askPackageManager(dialogue: Dialogue): Promise<string> {
  return dialogue.select(
    'Which package manager?',
    packageManagers.map(({ id, title }) => ({ value: id, label: title })),
  );
}

/** Chooses a preset, and asks for what it needs. */
async function askAboutProvider(flags: Flags, dialogue: Dialogue): Promise<Partial<Flags>> {
  // An issuer alone means any OpenID provider.
  const provider =
    flags.provider ??
    (flags.issuer === undefined ? await askProvider(dialogue) : defaultProvider.id);
  const open = findOpenVariables(provider, flags);
  if (provider === defaultProvider.id && flags.issuer === undefined) {
    // The development provider goes with its own mode only.
    const optional = (flags.authMode ?? defaultProvider.mode) === defaultProvider.mode;
    const issuer = await dialogue.text({
      question: 'Issuer URL of the provider?',
      ...(optional && { help: 'Leave it blank for a development provider.' }),
      check: (value) => (value || !optional ? complaint(parseIssuer, value) : undefined),
    });
    return { provider, ...(issuer ? { issuer } : {}) };
  }
  const set = [...(flags.set ?? [])];
  for (const variable of open) {
    set.push(`${variable.name}=${await askVariable(variable, dialogue)}`);
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

function askProvider(dialogue: Dialogue): Promise<string> {
  return dialogue.search(
    'Which identity provider?',
    providers.map(({ id, title, summary }) => ({ value: id, label: title, hint: summary })),
    (typed) => searchProviders(typed).map(({ id }) => id),
  );
}

function askVariable(variable: Variable, dialogue: Dialogue): Promise<string> {
  const { title, example, where, default: usual } = variable;
  return dialogue.text({
    question: `${title}?`,
    help: plainText(where),
    example: usual ?? example,
    ...(usual === undefined ? {} : { usual }),
    check: (value) => complaint((given) => checkVariable(variable, given), value),
  });
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
