// Reading what tokens say.

export type Claims = Record<string, unknown>;

/** The scopes a token grants: one string with spaces (RFC 9068 §2.2.3). */
export function scopesOf({ scope }: Claims): string[] {
  return typeof scope === 'string' ? scope.split(' ').filter(Boolean) : [];
}
