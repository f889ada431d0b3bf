// The scopes of this server, and what they imply.

interface Scope {
  /** In words, for consent pages. */
  description: string;
  /** Narrower scopes that a caller with this one has as well (MCP, Authorization: scope hierarchy). */
  implies: readonly string[];
}

/**
 * Every scope that this server knows. A scope that your provider mints and that is not declared
 * here still works; it just implies nothing.
 */
export const scopes: ReadonlyMap<string, Scope> = new Map([
  ['mcp:use', { description: 'Use the tools of this server', implies: [] }],
  ['mcp:admin', { description: 'See what this server runs on', implies: ['mcp:use'] }],
]);

/**
 * Scopes that ask for facts about the person (OpenID Connect Core §5.4, §11). Clients are told to
 * request them, but tokens are not refused for lacking them: many providers leave them out.
 */
export const identityScopes = new Set([
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
]);

/** Turns scopes into what clients or tokens call them, which may depend on the audience. */
export type NameScopes = (scopes: readonly string[], audiences: readonly string[]) => string[];

/** The granted scopes and everything they imply. */
export function withImplied(granted: readonly string[]): string[] {
  const all = new Set(granted);
  // A set yields what is added while it is walked, so implications of implications are found too.
  for (const scope of all) for (const implied of scopes.get(scope)?.implies ?? []) all.add(implied);
  return [...all];
}
