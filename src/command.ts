/** Spells out the command that makes a project again. */
import { defaultAudience, defaultScopes } from './defaults.js';
import type { Options } from './options.js';
import { defaultProvider } from './providers/index.js';

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
  const { oauth, packageManager } = options;
  const parts = [invocation, quote(directory)];
  if (oauth !== undefined) {
    const { provider, issuer, audience, scopes } = oauth;
    parts.push(...(provider === defaultProvider ? ['--oauth'] : ['--provider', provider.id]));
    if (!oauth.development) parts.push('--issuer', quote(issuer));
    if (audience !== defaultAudience) parts.push('--audience', quote(audience));
    if (scopes.join() !== defaultScopes(oauth).join()) {
      parts.push('--scopes', quote(scopes.join()));
    }
  }
  parts.push('--package-manager', packageManager.id);
  return parts.join(' ');
}
