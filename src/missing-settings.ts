/** Which settings of a new project only a person can fill in, because the provider decides them. */
import type { OAuthOptions } from './oauth-options.js';
import { allowedUsers } from './upstream.js';

/** @returns variables that are empty in `.env`, without which the server does not start */
export function missingSettings(oauth: OAuthOptions | undefined): string[] {
  if (oauth === undefined || oauth.mode === 'jwt') return [];
  if (oauth.mode === 'introspection') return ['OAUTH_CLIENT_ID', 'OAUTH_CLIENT_SECRET'];
  return [
    ...(oauth.values.client === undefined ? ['OAUTH_CLIENT_ID'] : []),
    'OAUTH_CLIENT_SECRET',
    ...(allowedUsers(oauth).length === 0 ? ['OAUTH_ALLOWED_USERS'] : []),
  ];
}
