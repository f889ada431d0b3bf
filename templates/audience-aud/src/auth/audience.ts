// Whether a token is meant for this server: `aud` says so.
import { audiencesOf, type Claims, isSameAudience } from './claims.js';
import { Refusal } from './problems.js';

/**
 * MCP, Authorization: servers MUST accept only tokens that were issued for them (RFC 8707 §2).
 * @param expected what OAUTH_AUDIENCE lists; empty switches the check off
 * @throws {Refusal}
 */
export function checkAudience(claims: Claims, expected: readonly string[]): void {
  if (expected.length === 0) return;
  const found = audiencesOf(claims);
  if (!found.some((value) => expected.some((audience) => isSameAudience(value, audience)))) {
    throw new Refusal('audience_refused', { expected, found });
  }
}
