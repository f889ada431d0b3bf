// Whether a token is meant for this server: the app client it was issued to says so.
import type { Claims } from './claims.js';
import { Refusal } from './problems.js';

/**
 * MCP, Authorization: servers MUST accept only tokens that were issued for them. These access tokens
 * have no `aud`; they name the app client in `client_id`, and say in `token_use` that they are
 * access tokens. ID tokens name the same client in `aud`, so `aud` must not be looked at.
 * @param clients the app clients that OAUTH_AUDIENCE lists; empty accepts every client of the issuer
 * @throws {Refusal}
 */
export function checkAudience(claims: Claims, clients: readonly string[]): void {
  const { token_use, client_id: client } = claims;
  if (token_use !== 'access') throw new Refusal('token_kind', { token_use });
  const ours = typeof client === 'string' && clients.includes(client);
  if (clients.length > 0 && !ours) {
    throw new Refusal('audience_refused', { expected: clients, found: client });
  }
}
