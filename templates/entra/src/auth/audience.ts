// Whether a token is meant for this server: Entra names an API by client id or Application ID URI.
import { audiencesOf, type Claims, isSameAudience } from './claims.js';
import { Refusal } from './problems.js';

/**
 * MCP, Authorization: servers MUST accept only tokens that were issued for them. Tokens of version 2
 * have the API's client id in `aud`, those of version 1 its Application ID URI.
 * @param expected what OAUTH_AUDIENCE lists; empty switches the check off
 * @throws {Refusal}
 */
export function checkAudience(claims: Claims, expected: readonly string[]): void {
  if (expected.length === 0) return;
  const accepted = [...expected, applicationIdUri(expected)];
  // api://CLIENT-ID names the same API as the client id alone.
  const ids = expected.flatMap((audience) => /^api:\/\/([0-9a-f-]{36})$/.exec(audience)?.[1] ?? []);
  const found = audiencesOf(claims);
  if (!found.some((aud) => [...accepted, ...ids].some((one) => isSameAudience(aud, one)))) {
    throw new Refusal('audience_refused', { expected, found });
  }
}

/** The Application ID URI: the one that OAUTH_AUDIENCE lists, or what Entra makes of a client id. */
export function applicationIdUri(audiences: readonly string[]): string {
  const uri = audiences.find((audience) => audience.includes('://'));
  return (uri ?? `api://${audiences[0]}`).replace(/\/$/, '');
}
