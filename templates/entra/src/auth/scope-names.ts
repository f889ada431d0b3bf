// Scopes have two names at Entra: clients request `api://…/read`, and tokens say `read`.
import { applicationIdUri } from './audience.js';
import { identityScopes, type NameScopes } from './scopes.js';

/**
 * What clients are told to request: scopes of ours with the Application ID URI before them. Those
 * about the person stay bare, and what is qualified already stays as it is. A dot says nothing:
 * `User.Read` could be ours or Graph's, so Graph's have to be written out.
 */
export const advertised: NameScopes = (wanted, audiences) => {
  const prefix = prefixFor(audiences);
  return wanted
    .filter((scope) => scope !== 'offline_access')
    .map((scope) =>
      identityScopes.has(scope) || isQualified(scope) ? scope : `${prefix}${scope}`,
    );
};

/**
 * What a token has to grant, as `scp` says it: our own scopes without the Application ID URI. Scopes
 * about the person and those of other APIs never stand there.
 */
export const enforced: NameScopes = (wanted, audiences) => {
  const prefix = prefixFor(audiences);
  return wanted
    .map((scope) =>
      prefix !== '' && scope.startsWith(prefix) ? scope.slice(prefix.length) : scope,
    )
    .filter((scope) => !identityScopes.has(scope) && !isQualified(scope));
};

/** Without OAUTH_AUDIENCE there is no name to put before a scope. */
function prefixFor(audiences: readonly string[]): string {
  return audiences.length > 0 ? `${applicationIdUri(audiences)}/` : '';
}

/** `api://…/x`, `https://…/x`, or an API's client id and `/x`. */
function isQualified(scope: string): boolean {
  return scope.includes('://') || /^[0-9a-f-]{36}\//i.test(scope);
}
