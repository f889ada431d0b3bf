// Whether a token is meant for this server, of a provider whose access tokens do not name it.
import { audiencesOf, type Claims } from './claims.js';
import { Refusal } from './problems.js';

/**
 * The same provider also signs the session tokens of people's browsers, with the same keys. Only
 * tokens that were issued to an OAuth client have `client_id`, so that is what makes one acceptable.
 * @param expected what OAUTH_AUDIENCE lists: the fixed value that the provider writes, if any
 * @throws {Refusal}
 */
export function checkAudience(claims: Claims, expected: readonly string[]): void {
  const { client_id: client } = claims;
  if (typeof client !== 'string' || client === '') {
    throw new Refusal('token_kind', { client_id: client });
  }
  const found = audiencesOf(claims);
  if (expected.length > 0 && !found.some((audience) => expected.includes(audience))) {
    throw new Refusal('audience_refused', { expected, found });
  }
}
