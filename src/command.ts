/** Spells out the command that makes a project again. */
import { defaultScopes, usualAudience } from './defaults.js';
import { defaultFramework } from './frameworks.js';
import type { OAuthOptions } from './oauth-options.js';
import type { Options } from './options.js';
import { defaultProvider } from './providers/index.js';
import { fill } from './providers/variables.js';

/** How the command is run without being installed; npx comes with every Node. */
export const invocation = 'npx create-mcp-server';

/** Quotes one argument for a POSIX shell, if it needs it. */
export function quote(argument: string): string {
  if (/^[\w@%+=:,./-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", "'\\''")}'`;
}

/**
 * The command whose answer is the same files: every option that shapes them and is not the default.
 *
 * @param directory where to write: the project's name, or what the user typed
 */
export function spellCommand(options: Options, directory: string): string {
  const { oauth, framework, packageManager } = options;
  return [
    invocation,
    quote(directory),
    ...(oauth === undefined ? [] : [spellOAuth(oauth)]),
    ...(framework === defaultFramework ? [] : ['--framework', framework.id]),
    '--package-manager',
    packageManager.id,
  ].join(' ');
}

/** The part of that command that is about OAuth. */
export function spellOAuth(oauth: OAuthOptions): string {
  const { provider, mode, development, values, issuer, audience, scopes } = oauth;
  const parts = provider === defaultProvider ? ['--oauth'] : ['--provider', provider.id];
  for (const { name, default: usual } of provider.variables) {
    const value = values[name];
    if (value !== undefined && value !== usual) parts.push('--set', quote(`${name}=${value}`));
  }
  if (mode !== provider.mode) parts.push('--auth-mode', mode);
  if (!development && issuer !== fill(provider.issuer, values)) {
    parts.push('--issuer', quote(issuer));
  }
  if (audience !== usualAudience(oauth)) {
    parts.push('--audience', quote(audience));
  }
  if (scopes.join() !== defaultScopes(oauth).join()) {
    parts.push('--scopes', quote(scopes.join()));
  }
  return parts.join(' ');
}
