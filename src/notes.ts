/** What a user should know about a run that went well. */
import type { GitResult } from './git.js';
import { missingSettings } from './missing-settings.js';
import type { OAuthOptions } from './oauth-options.js';
import type { Options } from './options.js';
import { explainRefusal, isRefusedByClients } from './providers/pkce.js';
import { loginTitle, redirectUri } from './upstream.js';

export interface Occurrences {
  readonly options: Pick<Options, 'install' | 'packageManager' | 'deployment' | 'oauth'>;
  /** Files that were there before and stay. */
  readonly kept: readonly string[];
  /** Directories that were needed for writing and are still there. */
  readonly leftovers: readonly string[];
  readonly git: GitResult | undefined;
}

/** @returns sentences */
export function collectNotes({ options, kept, leftovers, git }: Occurrences): string[] {
  const { install, packageManager, deployment, oauth } = options;
  const users = deployment.id === 'docker' ? 'CI and Docker need' : 'CI needs';
  return [
    ...(oauth === undefined ? [] : [...noteMissing(oauth), ...noteRefusal(oauth)]),
    ...noteKept(kept),
    ...leftovers.map((path) => `${path} could not be removed: delete it yourself.`),
    ...(install ? [] : [`Commit ${packageManager.lockfile} after the first install: ${users} it.`]),
    ...(git?.note === undefined ? [] : [git.note]),
  ];
}

/** The notes that a run has which writes nothing. */
export function noteKept(kept: readonly string[]): string[] {
  return kept.map((path) => `${path} is kept as it is: ${path}.example has the new settings.`);
}

function noteRefusal({ provider, mode }: OAuthOptions): string[] {
  if (!isRefusedByClients(provider, mode)) return [];
  return [`${explainRefusal(provider)} --auth-mode proxy makes one for all clients.`];
}

/** What a person has to get from the provider before the server can start. */
function noteMissing(oauth: OAuthOptions): string[] {
  const missing = missingSettings(oauth);
  const credentials = missing.filter((name) => name.startsWith('OAUTH_CLIENT_')).join(' and ');
  if (oauth.mode === 'introspection') {
    return [
      `Before the first start, fill in ${credentials} in .env: OAUTH.md says where they are.`,
    ];
  }
  if (oauth.mode !== 'proxy') return [];
  const open = missing.includes('OAUTH_ALLOWED_USERS');
  return [
    `Before the first start, register the server at ${loginTitle(oauth)}, with the redirect URI ${redirectUri}, and fill in ${credentials} in .env: OAUTH.md has the steps.`,
    ...(open ? ['Say in OAUTH_ALLOWED_USERS, in .env, who may log in.'] : []),
  ];
}
