/** Turns flags and answers into options: complete, checked, and with every default in place. */
import type { Flags } from './cli.js';
import { spellCommand } from './command.js';
import { defaultAudience, defaultScopes, developmentIssuer, exampleName } from './defaults.js';
import { type Location, parseDirectory } from './directory.js';
import { UsageError } from './errors.js';
import {
  defaultPackageManager,
  detectPackageManager,
  type PackageManager,
  packageManagers,
} from './package-manager.js';
import { defaultProvider, findProvider, providers } from './providers/index.js';
import type { AuthMode, Provider } from './providers/types.js';
import { parseAudience, parseIssuer, parseScopes } from './values.js';

/** How the HTTP endpoint is protected. */
export interface OAuthOptions {
  readonly provider: Provider;
  readonly mode: AuthMode;
  /** Whether the project brings its own identity provider, for development. */
  readonly development: boolean;
  readonly issuer: string;
  readonly audience: string;
  readonly scopes: readonly string[];
}

/** Everything the rest of the pipeline needs to know. */
export interface Options extends Location {
  readonly framework: 'hono';
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
    packageManager: resolvePackageManager(flags.packageManager, surroundings.userAgent),
    ...(oauth === undefined ? {} : { oauth }),
    overwrite: flags.overwrite,
    install: flags.install,
    git: flags.git,
  };
  if (flags.directory !== undefined) return options;
  throw new UsageError('DIRECTORY_MISSING', {
    what: 'No directory was given',
    why: 'It cannot be asked for: there is no terminal, or --yes, --json or CI rules questions out.',
    fix: `Run: ${spellCommand(options, exampleName)}`,
  });
}

const implying = ['provider', 'authMode', 'issuer', 'audience', 'scopes'] as const;

/**
 * Whether the flags settle if the endpoint is protected.
 *
 * @returns undefined if they leave it open
 * @throws UsageError if they contradict each other
 */
export function wantsOAuth(flags: Flags): boolean | undefined {
  const reason = implying.find((key) => flags[key] !== undefined);
  if (reason === undefined) return flags.oauth;
  if (flags.oauth !== false) return true;
  const option = reason === 'authMode' ? '--auth-mode' : `--${reason}`;
  throw new UsageError('OPTION_CONFLICT', {
    what: `--no-oauth and ${option} contradict each other`,
    why: `${option} says how the endpoint is protected, --no-oauth that it is not.`,
    fix: 'Leave one of them out.',
  });
}

function resolveOAuth(flags: Flags): OAuthOptions | undefined {
  if (wantsOAuth(flags) !== true) return undefined;
  const provider = resolveProvider(flags.provider);
  const mode = resolveAuthMode(flags.authMode, provider);
  const development = flags.issuer === undefined;
  return {
    provider,
    mode,
    development,
    issuer: flags.issuer === undefined ? developmentIssuer : parseIssuer(flags.issuer),
    audience: flags.audience === undefined ? defaultAudience : parseAudience(flags.audience),
    scopes:
      flags.scopes === undefined
        ? defaultScopes({ provider, development })
        : parseScopes(flags.scopes),
  };
}

function resolveProvider(id: string | undefined): Provider {
  if (id === undefined) return defaultProvider;
  return findProvider(id) ?? refuseProvider(id);
}

/** @throws UsageError saying which presets there are */
export function refuseProvider(id: string): never {
  throw unknownValue(
    'provider',
    id,
    providers.map((provider) => provider.id),
  );
}

function resolveAuthMode(mode: string | undefined, provider: Provider): AuthMode {
  if (mode === undefined) return provider.mode;
  if (mode === 'jwt') return mode;
  if (mode === 'introspection' || mode === 'proxy') {
    throw new UsageError('OPTION_INVALID', {
      what: `The auth mode "${mode}" is not available yet`,
      why: 'This version generates servers that verify JWT access tokens.',
      fix: 'Use --auth-mode jwt, or leave the option out.',
    });
  }
  throw unknownValue('auth mode', mode, ['jwt']);
}

function resolveFramework(framework: string | undefined): 'hono' {
  if (framework === undefined || framework === 'hono') return 'hono';
  throw unknownValue('framework', framework, ['hono']);
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
    id,
    packageManagers.map((candidate) => candidate.id),
  );
}

function unknownValue(what: string, given: string, known: readonly string[]): UsageError {
  return new UsageError('OPTION_INVALID', {
    what: `There is no ${what} ${JSON.stringify(given)}`,
    why: `This version knows ${known.join(', ')}.`,
    fix: known.length === 1 ? `Use ${known[0]}, or leave the option out.` : `Use one of them.`,
  });
}
