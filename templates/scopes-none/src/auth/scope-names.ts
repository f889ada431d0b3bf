// Which of the scopes in OAUTH_SCOPES clients are told of. Tokens of this provider show no scopes.
import type { NameScopes } from './scopes.js';

/** What clients are told to request. A refresh token is theirs to ask for (MCP, Authorization). */
export const advertised: NameScopes = (wanted) =>
  wanted.filter((scope) => scope !== 'offline_access');

/** What a token has to grant: nothing could be found in it. */
export const enforced: NameScopes = () => [];
