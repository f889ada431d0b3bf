// What is particular to the identity provider: any OpenID Connect or RFC 8414 provider.

type Claims = Record<string, unknown>;

/** Scopes that are asked for when OAUTH_SCOPES is not set: what every OpenID provider can grant. */
export const defaultScopes = ['openid'];

/**
 * The scopes a token grants. RFC 9068 §2.2.3 writes them as a space-separated `scope`; some
 * providers use `scp`, and some use arrays.
 */
export function scopesOf(claims: Claims): string[] {
  return [claims.scope, claims.scp].flatMap((claim) => {
    if (typeof claim === 'string') return claim.split(' ').filter(Boolean);
    return Array.isArray(claim) ? claim.filter((scope) => typeof scope === 'string') : [];
  });
}

/** The audiences a token was issued for: `aud`, one or several (RFC 7519 §4.1.3). */
export function audiencesOf(claims: Claims): string[] {
  return [claims.aud].flat().filter((audience) => typeof audience === 'string');
}

/** The client a token was issued to: `client_id` (RFC 9068 §2.2), or what came before it. */
export function clientIdOf(claims: Claims): string {
  const known = [claims.client_id, claims.azp, claims.cid, claims.appid];
  return known.find((id) => typeof id === 'string') ?? 'unknown';
}
