// Which of the scopes in OAUTH_SCOPES clients are told of, and which tokens must have.
import { identityScopes, type NameScopes } from './scopes.js';

/** What clients are told to request. A refresh token is theirs to ask for (MCP, Authorization). */
export const advertised: NameScopes = (wanted) =>
  wanted.filter((scope) => scope !== 'offline_access');

/** What a token has to grant. */
export const enforced: NameScopes = (wanted) =>
  wanted.filter((scope) => !identityScopes.has(scope));
