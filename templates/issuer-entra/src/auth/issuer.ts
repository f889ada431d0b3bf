// Which issuer is ours: one tenant of Microsoft Entra ID, or several.
import type { Claims } from './claims.js';
import { Refusal } from './problems.js';

/**
 * For the tenants `common` and `organizations`: the ids of the tenants whose people may come in.
 * Empty: those of every tenant.
 */
const allowedTenants: readonly string[] = [];

/** What the metadata of several tenants has where that of one tenant has its id. */
const placeholder = '{tenantid}';

/**
 * Whether metadata that names `found` is that of the issuer in OAUTH_ISSUER_URL. For several tenants
 * the metadata names a template, which each token fills in with its own tenant.
 */
export function isSameIssuer(found: string, configured: string): boolean {
  const bare = (url: string) => url.replace(/\/$/, '');
  const shared = bare(configured).replace(/\/(common|organizations)\//, `/${placeholder}/`);
  return bare(found) === bare(configured) || bare(found) === shared;
}

/**
 * RFC 9068 §4: the issuer MUST be exactly the one whose keys were used. For several tenants it is
 * the template, filled in with the token's own tenant.
 */
export function checkIssuer({ iss, tid }: Claims, issuer: string, tenants = allowedTenants): void {
  const expected = issuer.replace(placeholder, () => String(tid));
  if (iss !== expected) {
    const version1 = String(iss).startsWith('https://sts.windows.net/');
    const hint = 'a version 1 token: set requestedAccessTokenVersion to 2 in the app manifest';
    throw new Refusal('issuer_refused', { expected, found: iss, ...(version1 && { hint }) });
  }
  if (tenants.length > 0 && !tenants.includes(String(tid))) {
    throw new Refusal('issuer_refused', { expected: tenants, found: tid });
  }
}
