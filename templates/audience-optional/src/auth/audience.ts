// Whether a token is meant for this server, of a provider that names servers in some tokens only.
import { audiencesOf, type Claims, isSameAudience } from './claims.js';
import { Refusal } from './problems.js';

/**
 * A token that names servers has to name this one (RFC 8707 §2). One that names none is accepted if
 * it was issued to an OAuth client, which `client_id` shows: the same provider also signs the
 * session tokens of people's browsers, with the same keys, and those must not open this server.
 * @param expected what OAUTH_AUDIENCE lists; empty switches the check of `aud` off
 * @throws {Refusal}
 */
export function checkAudience(claims: Claims, expected: readonly string[]): void {
  const { client_id: client } = claims;
  if (typeof client !== 'string' || client === '') {
    throw new Refusal('token_kind', { client_id: client });
  }
  const found = audiencesOf(claims);
  if (claims.aud === undefined || expected.length === 0) return;
  if (!found.some((value) => expected.some((audience) => isSameAudience(value, audience)))) {
    throw new Refusal('audience_refused', { expected, found });
  }
}
