/** What somebody chose for a project, in the words of the command line. */
import type { Flags } from './cli.js';
import { defaultScopes, usualAudience } from './defaults.js';
import type { OAuthOptions } from './oauth-options.js';
import type { Options } from './options.js';
import { fill } from './providers/variables.js';

/** The flags of scaffolding that are about one run, and shape no file. */
export const runFlags = ['install', 'git', 'yes', 'dryRun', 'json', 'overwrite'] as const;

/** The others. */
export type Choices = Omit<Flags, 'directory' | (typeof runFlags)[number]>;

/** The choices whose answer is the same options. What follows from the others is left out. */
export function choicesOf({
  oauth,
  framework,
  example,
  deployment,
  packageManager,
}: Options): Choices {
  const login: Partial<ReturnType<typeof oauthChoicesOf>> =
    oauth === undefined ? {} : oauthChoicesOf(oauth);
  // Every key, so that the compiler misses an option that nobody thought of here.
  const choices: { [Key in keyof Required<Choices>]: Choices[Key] | undefined } = {
    oauth: oauth !== undefined,
    provider: login.provider,
    set: login.set,
    authMode: login.authMode,
    issuer: login.issuer,
    audience: login.audience,
    scopes: login.scopes,
    framework: framework?.id,
    example: example.id,
    deploy: deployment.id,
    packageManager: packageManager.id,
  };
  const known = Object.entries(choices).filter(([, value]) => value !== undefined);
  return Object.fromEntries(known) as Choices;
}

/** The part of them that is about OAuth. */
export function oauthChoicesOf(oauth: OAuthOptions) {
  const { provider, mode, development, values, issuer, audience, scopes } = oauth;
  const set = provider.variables.flatMap(({ name, default: usual }) => {
    const value = values[name];
    return value === undefined || value === usual ? [] : [`${name}=${value}`];
  });
  const own = !development && issuer !== fill(provider.issuer, values);
  return {
    provider: provider.id,
    set: set.length > 0 ? set : undefined,
    authMode: mode,
    issuer: own ? issuer : undefined,
    audience: audience === usualAudience(oauth) ? undefined : audience,
    scopes: scopes.join() === defaultScopes(oauth).join() ? undefined : scopes.join(),
  };
}
