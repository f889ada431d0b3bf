/** Spells out the command that makes a project again. */
import { oauthChoicesOf } from './choices.js';
import { defaultDeployment } from './deployments.js';
import { defaultFramework } from './frameworks.js';
import type { OAuthOptions } from './oauth-options.js';
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
  const { oauth, framework, deployment, packageManager } = options;
  return [
    invocation,
    quote(directory),
    ...(oauth === undefined ? [] : [spellOAuth(oauth)]),
    ...(framework === defaultFramework ? [] : ['--framework', framework.id]),
    ...(deployment === defaultDeployment ? [] : ['--deploy', deployment.id]),
    '--package-manager',
    packageManager.id,
  ].join(' ');
}

/** The part of that command that is about OAuth. */
export function spellOAuth(oauth: OAuthOptions): string {
  const { set = [], authMode, issuer, audience, scopes } = oauthChoicesOf(oauth);
  const { provider } = oauth;
  return [
    ...(provider === defaultProvider ? ['--oauth'] : ['--provider', provider.id]),
    ...set.flatMap((assignment) => ['--set', quote(assignment)]),
    ...(authMode === provider.mode ? [] : ['--auth-mode', authMode]),
    ...(issuer === undefined ? [] : ['--issuer', quote(issuer)]),
    ...(audience === undefined ? [] : ['--audience', quote(audience)]),
    ...(scopes === undefined ? [] : ['--scopes', quote(scopes)]),
  ].join(' ');
}
