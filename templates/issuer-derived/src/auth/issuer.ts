// Which issuer is ours: the one in OAUTH_ISSUER_URL, and the one this provider writes into tokens.
import type { Claims } from './claims.js';
import { Refusal } from './problems.js';
import { provider } from './provider.js';

/**
 * Whether metadata that names `found` is that of the issuer in OAUTH_ISSUER_URL. RFC 8414 §3.3 wants
 * identity; people write a URL with and without its last slash.
 */
export function isSameIssuer(found: string, configured: string): boolean {
  return found === configured || found === `${configured}/` || `${found}/` === configured;
}

/**
 * RFC 9068 §4 wants the issuer of the metadata. This provider has metadata for each MCP server, and
 * signs tokens in the name of what all of them belong to, with the same keys: both are accepted,
 * and the audience tells the servers apart.
 */
export function checkIssuer({ iss }: Claims, issuer: string): void {
  const { from, to } = provider.tokenIssuer;
  const expected = [issuer, issuer.replace(from, to)];
  if (typeof iss !== 'string' || !expected.includes(iss)) {
    throw new Refusal('issuer_refused', { expected, found: iss });
  }
}
