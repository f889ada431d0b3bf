/** Turns the flags about OAuth into options: complete, checked, and with every default in place. */
import type { Flags } from './cli.js';
import { closest } from './closest.js';
import { quote, spellFlags, spellOAuth } from './command.js';
import { defaultScopes, developmentIssuer, exampleName, usualAudience } from './defaults.js';
import { UsageError } from './errors.js';
import { commands } from './grammar.js';
import { invocation } from './invocation.js';
import { authModes, defaultProvider, findProvider, providers } from './providers/index.js';
import type { AuthMode, Provider, Variable } from './providers/types.js';
import { fill, neededVariables, parseAssignments, type Values } from './providers/variables.js';
import { parseAudience, parseIssuer, parseScopes } from './values.js';

/** How the HTTP endpoint is protected. */
export interface OAuthOptions {
  readonly provider: Provider;
  readonly mode: AuthMode;
  /** Whether the project brings its own identity provider, for development. */
  readonly development: boolean;
  /** The values of the preset's variables. */
  readonly values: Values;
  readonly issuer: string;
  /** Empty where the provider's tokens name no audience, and where they are not what is checked. */
  readonly audience: string;
  readonly scopes: readonly string[];
}

const implying = ['provider', 'authMode', 'issuer', 'audience', 'scopes', 'set'] as const;

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
  const option = commands.scaffold.options[reason].name;
  throw new UsageError('OPTION_CONFLICT', {
    what: `--no-oauth and ${option} contradict each other`,
    why: `${option} says how the endpoint is protected, --no-oauth that it is not.`,
    fix: 'Leave one of them out.',
    option,
  });
}

/**
 * @returns undefined if the endpoint is open
 * @throws UsageError for the first value that cannot be used
 */
export function resolveOAuth(flags: Flags): OAuthOptions | undefined {
  if (wantsOAuth(flags) !== true) return undefined;
  const provider = resolveProvider(flags.provider);
  const mode = resolveAuthMode(flags.authMode, provider);
  const development = provider === defaultProvider && flags.issuer === undefined;
  if (development && mode !== 'jwt') {
    throw new UsageError('OPTION_CONFLICT', {
      what: `--auth-mode ${mode} needs a provider`,
      why: developmentReasons[mode],
      fix: 'Add --issuer or --provider, or leave --auth-mode out.',
      option: '--auth-mode',
    });
  }
  refuseAudience(flags, mode);
  const resolveWith = (values: Values): OAuthOptions => ({
    provider,
    mode,
    development,
    values,
    issuer: resolveIssuer(flags.issuer, provider, values),
    audience:
      flags.audience === undefined
        ? usualAudience({ provider, mode, values })
        : parseAudience(flags.audience),
    scopes:
      flags.scopes === undefined
        ? defaultScopes({ provider, mode, development, values })
        : parseScopes(flags.scopes),
  });
  const values = {
    ...valuesOf(provider.variables, (variable) => variable.default),
    ...parseAssignments(provider, flags.set ?? []),
  };
  const missing = neededVariables(provider, mode, flags).filter(({ name }) => !(name in values));
  if (missing.length === 0) return resolveWith(values);
  const examples = valuesOf(missing, (variable) => variable.example);
  const complete = spellOAuth(resolveWith({ ...values, ...examples }));
  const directory = quote(flags.directory ?? exampleName);
  const others = spellFlags(flags, ['oauth', ...implying]);
  const command = [invocation, directory, complete, ...others].join(' ');
  throw new UsageError('VARIABLE_MISSING', {
    what: `${provider.title} needs ${missing.map(({ title }) => title).join(' and ')}`,
    why: missing.map(({ where }) => where).join(' '),
    fix: `For example: ${command}`,
    option: '--set',
    choices: missing.map(({ name, example }) => `${name}=${example}`),
    command,
  });
}

/** Why the development identity provider does not go with a mode. */
const developmentReasons: Record<Exclude<AuthMode, 'jwt'>, string> = {
  introspection:
    'The development identity provider issues JWTs, and nobody can ask it about tokens.',
  proxy:
    'A proxy stands in for providers that nobody can register clients with, and the development identity provider registers them itself.',
};

/** The variables' values, by name; without those that have none. */
function valuesOf(
  variables: readonly Variable[],
  choose: (variable: Variable) => string | undefined,
): Values {
  return Object.fromEntries(
    variables.flatMap((variable) => {
      const value = choose(variable);
      return value === undefined ? [] : [[variable.name, value]];
    }),
  );
}

/**
 * @param option where it was given
 * @throws UsageError if there is no such preset, with those that look like it
 */
export function resolveProvider(id: string | undefined, option = '--provider'): Provider {
  if (id === undefined) return defaultProvider;
  const provider = findProvider(id);
  if (provider !== undefined) return provider;
  const near = closest(
    id,
    providers.flatMap((candidate) => [candidate.id, ...candidate.aliases]),
  );
  throw new UsageError('OPTION_INVALID', {
    what: `There is no provider ${JSON.stringify(id)}`,
    why: `This version knows ${providers.map((candidate) => candidate.id).join(', ')}.`,
    fix:
      near.length > 0
        ? `Did you mean ${near.join(' or ')}?`
        : 'Use one of them; oidc is for any other OpenID provider.',
    option,
    choices: near.length > 0 ? near : providers.map((candidate) => candidate.id),
  });
}

/** @throws UsageError for a mode that does not exist, or does not work with the provider */
export function resolveAuthMode(given: string | undefined, provider: Provider): AuthMode {
  const { id, title, mode, modes, modeReason } = provider;
  const fix = `Use --auth-mode ${modes.join(' or ')}; "providers ${id}" says what that needs.`;
  if (given === undefined) return mode;
  const found = authModes.find((candidate) => candidate === given);
  if (found === undefined) {
    throw new UsageError('OPTION_INVALID', {
      what: `There is no auth mode ${JSON.stringify(given)}`,
      why: `This version knows ${authModes.join(', ')}.`,
      fix,
      option: '--auth-mode',
      choices: modes,
    });
  }
  if (!modes.includes(found)) {
    throw new UsageError('OPTION_INVALID', {
      what: `${title} does not work with --auth-mode ${found}`,
      why: modeReason,
      fix,
      option: '--auth-mode',
      choices: modes,
    });
  }
  return found;
}

/** @throws UsageError if there is an audience, and no tokens that could name it */
export function refuseAudience({ audience }: Flags, mode: AuthMode): void {
  if (mode !== 'proxy' || audience === undefined) return;
  throw new UsageError('OPTION_CONFLICT', {
    what: '--audience does not go with --auth-mode proxy',
    why: "The tokens that clients bring are the server's own then, and name its endpoint, PUBLIC_URL followed by /mcp.",
    fix: 'Leave --audience out.',
    option: '--audience',
  });
}

function resolveIssuer(given: string | undefined, provider: Provider, values: Values): string {
  if (given !== undefined) return parseIssuer(given);
  return provider === defaultProvider ? developmentIssuer : fill(provider.issuer, values);
}
