/** Which settings of a new project only a person can fill in, because the provider decides them. */
import type { OAuthOptions } from './oauth-options.js';
import { allowedUsers } from './upstream.js';

/** @returns variables that are empty in `.env`, without which the server does not start */
export function missingSettings(oauth: OAuthOptions | undefined): MissingSetting[] {
  if (oauth === undefined || oauth.mode === 'jwt') return [];
  if (oauth.mode === 'introspection') return ['OAUTH_CLIENT_ID', 'OAUTH_CLIENT_SECRET'];
  return [
    ...(oauth.values.client === undefined ? (['OAUTH_CLIENT_ID'] as const) : []),
    'OAUTH_CLIENT_SECRET',
    ...(allowedUsers(oauth).length === 0 ? (['OAUTH_ALLOWED_USERS'] as const) : []),
  ];
}

export type MissingSetting = keyof typeof explanations;

const explanations = {
  OAUTH_CLIENT_ID: 'The id of the client that a person registered at the provider for this server',
  OAUTH_CLIENT_SECRET: 'The secret of that client',
  OAUTH_ALLOWED_USERS:
    'Who may log in, separated by spaces: * (everybody with an account), addresses, @organizations, subjects',
} as const;

/** What a variable is, and whether it must stay secret. */
export function explainSetting(name: MissingSetting): { explanation: string; secret: boolean } {
  return { explanation: explanations[name], secret: name === 'OAUTH_CLIENT_SECRET' };
}
