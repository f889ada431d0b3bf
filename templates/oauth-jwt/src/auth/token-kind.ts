// What kind of token it is: ID tokens and refresh tokens are signed by the same keys, and must not
// pass for access tokens (RFC 8725 §3.11, RFC 9068 §2.1).
import { decodeProtectedHeader } from 'jose';
import { audiencesOf, type Claims } from './claims.js';
import { Refusal } from './problems.js';
import { provider } from './provider.js';

/**
 * Checks the kind of a token whose signature and form are good.
 * @throws {Refusal}
 */
export function checkKind(token: string, claims: Claims): void {
  const typ = decodeProtectedHeader(token)
    .typ?.toLowerCase()
    .replace(/^application\//, '');
  if (typ === 'at+jwt') return;
  if (typ !== undefined && typ !== 'jwt') throw new Refusal('token_kind', { typ });
  // Amazon Cognito says it in `token_use`, Keycloak in a claim named `typ`.
  const { token_use: use, typ: kind } = claims;
  if (use !== undefined && use !== 'access') throw new Refusal('token_kind', { token_use: use });
  if (kind === 'Bearer') return;
  if (typeof kind === 'string') throw new Refusal('token_kind', { typ: kind });
  const sign = provider.idTokenClaims.find((claim) => claim in claims);
  if (sign !== undefined) throw new Refusal('token_kind', { claim: sign });
  if (looksLikeIdToken(claims)) throw new Refusal('token_kind', { claims: Object.keys(claims) });
}

/**
 * Access tokens say what they grant or to which client (RFC 9068 §2.2). ID tokens say neither, or
 * name the one client that is their only audience (OpenID Connect Core §2).
 */
function looksLikeIdToken(claims: Claims): boolean {
  // Where access tokens never show scopes, the lack of them says nothing.
  if (provider.scopeClaims.length === 0) return false;
  const grants = [...provider.scopeClaims, 'permissions', 'roles'].some((claim) => claim in claims);
  const client = [claims.client_id, claims.cid, claims.appid, claims.azp].find(Boolean);
  const audiences = audiencesOf(claims);
  return !grants && (client === undefined || (audiences.length === 1 && audiences[0] === client));
}
