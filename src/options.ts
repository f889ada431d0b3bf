/** Turns flags and answers into options: complete, checked, and with every default in place. */
import type { Flags } from './cli.js';
import { spellCommand } from './command.js';
import { exampleName } from './defaults.js';
import { type Location, parseDirectory } from './directory.js';
import { UsageError } from './errors.js';
import { findChoice } from './find-choice.js';
import { type OAuthOptions, resolveOAuth } from './oauth-options.js';
import {
  defaultPackageManager,
  detectPackageManager,
  type PackageManager,
  packageManagers,
} from './package-manager.js';
import { type PlatformOptions, refuseLogin, resolvePlatform } from './platform-options.js';

/** Everything the rest of the pipeline needs to know. */
export interface Options extends Location, PlatformOptions {
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
  const platform = resolvePlatform(flags);
  if (oauth !== undefined) refuseLogin(platform.deployment, oauth);
  const options = {
    ...parseDirectory(flags.directory ?? exampleName, surroundings),
    ...platform,
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
