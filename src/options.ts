/** Turns flags and answers into options: complete, checked, and with every default in place. */
import type { Flags } from './cli.js';
import { spellCommand } from './command.js';
import { exampleName } from './defaults.js';
import { type Deployment, defaultDeployment, deployments } from './deployments.js';
import { type Location, parseDirectory } from './directory.js';
import { UsageError } from './errors.js';
import { defaultExample, type Example, examples } from './examples.js';
import { defaultFramework, type Framework, frameworks } from './frameworks.js';
import { type OAuthOptions, resolveOAuth } from './oauth-options.js';
import {
  defaultPackageManager,
  detectPackageManager,
  type PackageManager,
  packageManagers,
} from './package-manager.js';

/** Everything the rest of the pipeline needs to know. */
export interface Options extends Location {
  readonly framework: Framework;
  readonly example: Example;
  readonly deployment: Deployment;
  readonly packageManager: PackageManager;
  /** Absent: the endpoint is open. */
  readonly oauth?: OAuthOptions;
  readonly overwrite: boolean;
  readonly install: boolean;
  readonly git: boolean;
}

/** What a user needs to have around the flags for them to be understood. */
export interface Surroundings {
  /** Absolute. */
  readonly cwd: string;
  /** The home directory, absolute. */
  readonly home: string;
  /** `npm_config_user_agent`. */
  readonly userAgent: string | undefined;
  /** Why nothing is asked, as a clause. */
  readonly silence?: string | undefined;
}

/**
 * Checks everything that was asked for.
 *
 * @throws UsageError for the first value that cannot be used
 */
export function resolveOptions(flags: Flags, surroundings: Surroundings): Options {
  const oauth = resolveOAuth(flags);
  const options = {
    ...parseDirectory(flags.directory ?? exampleName, surroundings),
    framework: resolveFramework(flags.framework),
    example: findChoice(flags.example, examples, 'example', '--example') ?? defaultExample,
    deployment:
      findChoice(flags.deploy, deployments, 'deployment', '--deploy') ?? defaultDeployment,
    packageManager: resolvePackageManager(flags.packageManager, surroundings.userAgent),
    ...(oauth === undefined ? {} : { oauth }),
    overwrite: flags.overwrite,
    install: flags.install,
    git: flags.git,
  };
  if (flags.directory !== undefined) return options;
  const command = spellCommand(options, exampleName);
  throw new UsageError('DIRECTORY_MISSING', {
    what: 'No directory was given',
    why: `It cannot be asked for: ${surroundings.silence ?? 'nothing is asked here'}.`,
    fix: `Run: ${command}`,
    option: 'directory',
    command,
  });
}

/** @throws UsageError if there is no such framework */
export function resolveFramework(id: string | undefined): Framework {
  return findChoice(id, frameworks, 'framework', '--framework') ?? defaultFramework;
}

function resolvePackageManager(
  id: string | undefined,
  userAgent: string | undefined,
): PackageManager {
  return (
    findChoice(id, packageManagers, 'package manager', '--package-manager') ??
    detectPackageManager(userAgent) ??
    defaultPackageManager
  );
}

/**
 * @returns undefined if nothing was given
 * @throws UsageError if there is none of that name
 */
function findChoice<Choice extends { readonly id: string }>(
  id: string | undefined,
  all: readonly Choice[],
  what: string,
  option: string,
): Choice | undefined {
  if (id === undefined) return undefined;
  const found = all.find((candidate) => candidate.id === id);
  if (found !== undefined) return found;
  const choices = all.map((candidate) => candidate.id);
  throw new UsageError('OPTION_INVALID', {
    what: `There is no ${what} ${JSON.stringify(id)}`,
    why: `This version knows ${choices.join(', ')}.`,
    fix: 'Use one of them.',
    option,
    choices,
  });
}
