// Scopes have two names at some providers: the plain one, which this server uses, and the provider's.
import { provider } from '../auth/provider.js';
import { identityScopes, withImplied } from '../auth/scopes.js';

export interface ScopeNames {
  /** What the provider is asked for. */
  toProvider(plain: readonly string[]): string[];
  /** Plain names, whichever way they are written. */
  toPlain(scopes: readonly string[]): string[];
  /**
   * What the provider granted, by plain names.
   * @param answered `scope` of its token response
   * @param requested what it was asked for, by plain names
   */
  granted(answered: string | undefined, requested: readonly string[]): string[];
}

/** @param clientId of this server, at the provider */
export function createScopeNames(clientId: string): ScopeNames {
  const prefix = provider.scopePrefix?.replace('{client}', () => clientId) ?? '';
  const aliases = new Map(Object.entries(provider.scopeAliases ?? {}));

  function plain(scope: string): string {
    const known = aliases.get(scope);
    if (known !== undefined) return known;
    return prefix !== '' && scope.startsWith(prefix) ? scope.slice(prefix.length) : scope;
  }

  const names: ScopeNames = {
    // Scopes about the person are the provider's own and stay bare, and so does what is qualified.
    // A dot says nothing: `User.Read` could be ours or another API's, which has to be written out.
    toProvider: (scopes) =>
      scopes.map((scope) =>
        identityScopes.has(scope) || isQualified(scope) ? scope : `${prefix}${scope}`,
      ),
    toPlain: (scopes) => [...new Set(scopes.map(plain))],
    granted(answered, requested) {
      // RFC 6749 §5.1: no `scope` says that all was granted that was requested.
      if (answered === undefined) return [...requested];
      // It is separated by spaces; GitHub does it by commas.
      const named = answered.split(/[\s,]+/).filter(Boolean);
      // Many providers never name those about the person, though they grant them.
      return names.toPlain([...named, ...requested.filter((scope) => identityScopes.has(scope))]);
    },
  };
  return names;
}

/** `api://…/x`, `https://…/x`, or an API's client id and `/x`. */
function isQualified(scope: string): boolean {
  return scope.includes('/');
}

/**
 * Which scopes of this server a client may get. Those that are requested at the provider as well
 * are the provider's to grant; the others are the person's, by consent.
 * @param wanted what the client asks for
 * @param granted what the provider granted, by plain names
 * @param upstream what is requested at the provider, by plain names
 */
export function grantable(
  wanted: readonly string[],
  granted: readonly string[],
  upstream: readonly string[],
): string[] {
  const given = new Set(withImplied(granted));
  return wanted.filter((scope) => !upstream.includes(scope) || given.has(scope));
}
