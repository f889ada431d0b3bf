// Which issuer is ours: the one in OAUTH_ISSUER_URL, and no other.
import type { Claims } from './claims.js';
import { Refusal } from './problems.js';

/**
 * Whether metadata that names `found` is that of the issuer in OAUTH_ISSUER_URL. RFC 8414 §3.3 wants
 * identity; people write a URL with and without its last slash.
 */
export function isSameIssuer(found: string, configured: string): boolean {
  return found === configured || found === `${configured}/` || `${found}/` === configured;
}

/** RFC 9068 §4: the issuer MUST be exactly the one whose keys were used. */
export function checkIssuer({ iss }: Claims, issuer: string): void {
  if (iss !== issuer) throw new Refusal('issuer_refused', { expected: issuer, found: iss });
}
