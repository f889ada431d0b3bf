// Scopes have two names at Entra: clients request `api://…/read`, and tokens say `read`.
import { applicationIdUri } from './audience.js';
import { identityScopes, type NameScopes } from './scopes.js';

/**
 * What clients are told to request: scopes of ours with the Application ID URI before them. Those
 * about the person stay bare, and what is qualified already stays as it is. A dot says nothing:
 * `User.Read` could be ours or Graph's, so Graph's have to be written out.
 */
export const advertised: NameScopes = (wanted, audiences) => {
  const uri = applicationIdUri(audiences);
  return wanted
    .filter((scope) => scope !== 'offline_access')
    .map((scope) => (identityScopes.has(scope) || isQualified(scope) ? scope : `${uri}/${scope}`));
};

/**
 * What a token has to grant, as `scp` says it: our own scopes without the Application ID URI. Scopes
 * about the person and those of other APIs never stand there.
 */
export const enforced: NameScopes = (wanted, audiences) => {
  const prefix = `${applicationIdUri(audiences)}/`;
  return wanted
    .map((scope) => (scope.startsWith(prefix) ? scope.slice(prefix.length) : scope))
    .filter((scope) => !identityScopes.has(scope) && !isQualified(scope));
};

function isQualified(scope: string): boolean {
  return scope.includes('/');
}
