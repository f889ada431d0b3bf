/** What somebody chose for a project, in the words of the command line. */
import type { Flags } from './cli.js';
import { defaultScopes, usualAudience } from './defaults.js';
import type { OAuthOptions } from './oauth-options.js';
import type { Options } from './options.js';
import { fill } from './providers/variables.js';

/** The flags that shape the files of a project; the others are about one run. */
export type Choices = Omit<Flags, 'directory' | 'install' | 'git' | 'yes' | 'dryRun' | 'overwrite'>;

/** The choices whose answer is the same options. What follows from the others is left out. */
export function choicesOf({ oauth, framework, packageManager }: Options): Choices {
  return {
    oauth: oauth !== undefined,
    ...(oauth === undefined ? {} : oauthChoicesOf(oauth)),
    framework: framework.id,
    packageManager: packageManager.id,
  };
}

/** The part of them that is about OAuth. */
export function oauthChoicesOf(oauth: OAuthOptions) {
  const { provider, mode, development, values, issuer, audience, scopes } = oauth;
  const set = provider.variables.flatMap(({ name, default: usual }) => {
    const value = values[name];
    return value === undefined || value === usual ? [] : [`${name}=${value}`];
  });
  return {
    provider: provider.id,
    ...(set.length > 0 && { set }),
    authMode: mode,
    ...(!development && issuer !== fill(provider.issuer, values) && { issuer }),
    ...(audience !== usualAudience(oauth) && { audience }),
    ...(scopes.join() !== defaultScopes(oauth).join() && { scopes: scopes.join() }),
  } satisfies Choices;
}
