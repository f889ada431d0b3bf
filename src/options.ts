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
    example: resolveExample(flags.example),
    deployment: resolveDeployment(flags.deploy),
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
  if (id === undefined) return defaultFramework;
  const framework = frameworks.find((candidate) => candidate.id === id);
  if (framework !== undefined) return framework;
  throw unknownValue(
    'framework',
    '--framework',
    id,
    frameworks.map((candidate) => candidate.id),
  );
}

function resolveExample(id: string | undefined): Example {
  if (id === undefined) return defaultExample;
  const example = examples.find((candidate) => candidate.id === id);
  if (example !== undefined) return example;
  throw unknownValue(
    'example',
    '--example',
    id,
    examples.map((candidate) => candidate.id),
  );
}

function resolveDeployment(id: string | undefined): Deployment {
  if (id === undefined) return defaultDeployment;
  const deployment = deployments.find((candidate) => candidate.id === id);
  if (deployment !== undefined) return deployment;
  throw unknownValue(
    'deployment',
    '--deploy',
    id,
    deployments.map((candidate) => candidate.id),
  );
}

function resolvePackageManager(
  id: string | undefined,
  userAgent: string | undefined,
): PackageManager {
  if (id === undefined) return detectPackageManager(userAgent) ?? defaultPackageManager;
  const manager = packageManagers.find((candidate) => candidate.id === id);
  if (manager !== undefined) return manager;
  throw unknownValue(
    'package manager',
    '--package-manager',
    id,
    packageManagers.map((candidate) => candidate.id),
  );
}

function unknownValue(
  what: string,
  option: string,
  given: string,
  choices: readonly string[],
): UsageError {
  return new UsageError('OPTION_INVALID', {
    what: `There is no ${what} ${JSON.stringify(given)}`,
    why: `This version knows ${choices.join(', ')}.`,
    fix: 'Use one of them.',
    option,
    choices,
  });
}
