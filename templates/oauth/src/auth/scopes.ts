// The scopes of this server, what they imply, and how a tool asks for one.
import type { ScopeChallengeHandler } from '@modelcontextprotocol/server';

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
export const scopes: Readonly<Record<string, Scope>> = {
  'mcp:use': { description: 'Use the tools of this server', implies: [] },
  'mcp:admin': { description: 'See how this server is doing', implies: ['mcp:use'] },
};

/**
 * Scopes that ask for facts about the person (OpenID Connect Core §5.4, §11). Clients are told to
 * request them, but tokens are not refused for lacking them: many providers leave them out.
 */
const identityScopes = new Set([
  'openid',
  'profile',
  'email',
  'address',
  'phone',
  'offline_access',
]);

/** The granted scopes and everything they imply. */
export function withImplied(granted: readonly string[]): string[] {
  const all = new Set(granted);
  // A set yields what is added while it is walked, so implications of implications are found too.
  for (const scope of all) for (const implied of scopes[scope]?.implies ?? []) all.add(implied);
  return [...all];
}

/** Those of the `wanted` scopes that a token has to carry. */
export function enforced(wanted: readonly string[]): string[] {
  return wanted.filter((scope) => !identityScopes.has(scope));
}

/** Those of the `wanted` scopes that clients are told of: a refresh token is theirs to ask for. */
export function advertised(wanted: readonly string[]): string[] {
  return wanted.filter((scope) => scope !== 'offline_access');
}

/**
 * For a tool's `scopeChallenge`: callers without the scope get an HTTP 403 that tells their client
 * to ask the user for it (RFC 6750 §3.1). The challenge also names what the token already grants,
 * so that a client which asks for exactly that does not lose anything.
 */
export function requireScope(scope: string): ScopeChallengeHandler {
  return ({ authInfo }) => {
    // On stdio nobody is authenticated; over HTTP the gate has already refused such requests.
    if (authInfo === undefined || authInfo.scopes.includes(scope)) return undefined;
    const kept = authInfo.scopes.filter((granted) => granted in scopes);
    return {
      scopes: [scope, ...kept],
      errorDescription: `This needs the scope ${scope}`,
    };
  };
}
