// Reading what tokens say, where providers write the same fact in different ways.
import { provider } from './provider.js';

export type Claims = Record<string, unknown>;

/**
 * The scopes a token grants. RFC 9068 §2.2.3 writes them as one string with spaces; some providers
 * use arrays, and other claims.
 */
export function scopesOf(claims: Claims): string[] {
  return provider.scopeClaims.flatMap((name) => {
    const claim = claims[name];
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

/**
 * Whether two audiences are the same. For URLs, the case of scheme and host and one trailing slash
 * must not decide (RFC 3986 §6.2.2.1; URL libraries add and drop the slash at will).
 */
export function isSameAudience(a: string, b: string): boolean {
  return comparable(a) === comparable(b);
}

function comparable(audience: string): string {
  const [, origin = '', rest = audience] = /^(https?:\/\/[^/?#\\]+)(.*)$/i.exec(audience) ?? [];
  return origin.toLowerCase() + rest.replace(/\/$/, '');
}
