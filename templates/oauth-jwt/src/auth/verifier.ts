// Checks that an access token is a JWT of our authorization server, meant for us, and valid now.
import type { AuthInfo } from '@modelcontextprotocol/server';
import {
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { authInfoOf } from './caller.js';
import type { AuthorizationServer } from './discovery.js';
import type { Fetching } from './fetch-json.js';
import type { Verify } from './gate.js';
import { type Keys, loadKeys } from './jwks.js';
import { Refusal } from './problems.js';
import { audiencesOf, clientIdOf, scopesOf } from './provider.js';
import { withImplied } from './scopes.js';
import { createVerifiedTokens } from './verified-tokens.js';

/** Asymmetric only: with a shared secret whoever can verify could also sign (RFC 8725 §3.1, §3.2). */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** How far clocks may be apart, in seconds. */
const clockTolerance = 30;

export interface VerifierOptions {
  server: AuthorizationServer;
  /** The audience tokens must have; undefined switches the check off. */
  audience: string | undefined;
  /** Passed on to tools' challenges. */
  metadataUrl: string;
}

/**
 * Fetches the keys and makes the verifier.
 * @throws {SetupError} when the keys cannot be had
 */
export async function createVerifier(
  options: VerifierOptions,
  fetching: Fetching,
  now = Date.now,
): Promise<Verify> {
  const keys = await loadKeys(options.server.jwksUri, fetching, now);
  const verified = createVerifiedTokens();

  return async (token) => {
    const seconds = now() / 1000;
    const known = verified.get(token, seconds, keys.generation);
    if (known !== undefined) return known;
    checkForm(token);
    const claims = await verifyClaims(token, keys, options.server.issuer, new Date(now()));
    checkKind(token, claims);
    checkAudience(claims, options.audience);
    const authInfo = describe(token, claims, options.metadataUrl);
    verified.add(token, authInfo, seconds, keys.generation);
    return authInfo;
  };
}

/** Before anything else, so that garbage is told apart from trouble with keys. */
function checkForm(token: string): void {
  const parts = token.split('.').length;
  // RFC 7516 §3: five parts are an encrypted JWT, which only its addressee could read.
  if (parts === 5) throw new Refusal('token_encrypted');
  if (parts !== 3) throw new Refusal('token_opaque');
  try {
    decodeProtectedHeader(token);
  } catch {
    throw new Refusal('token_malformed');
  }
}

/** Signature, issuer and times (RFC 9068 §4, RFC 7519 §4.1). */
async function verifyClaims(token: string, keys: Keys, issuer: string, currentDate: Date) {
  const options = { algorithms, issuer, clockTolerance, currentDate, requiredClaims: ['exp'] };
  const attempt = async () => verifyWith(await keys.current());
  const verifyWith = async (getKey: JWTVerifyGetKey): Promise<JWTPayload> => {
    try {
      return (await jwtVerify(token, getKey, options)).payload;
    } catch (error) {
      // A token without a key id may fit several keys; one of them has to verify it.
      if (!(error instanceof errors.JWKSMultipleMatchingKeys)) throw error;
      for await (const key of error) {
        try {
          return (await jwtVerify(token, key, options)).payload;
        } catch (failure) {
          if (!(failure instanceof errors.JWSSignatureVerificationFailed)) throw failure;
        }
      }
      throw new errors.JWSSignatureVerificationFailed();
    }
  };
  try {
    return await attempt();
  } catch (error) {
    const unknownKey = error instanceof errors.JWKSNoMatchingKey;
    if (!unknownKey || !(await keys.refresh())) throw asRefusal(error, token);
  }
  return attempt().catch((error: unknown) => {
    throw asRefusal(error, token);
  });
}

/**
 * ID tokens and refresh tokens are signed by the same keys, and must not pass for access tokens
 * (RFC 8725 §3.11, RFC 9068 §2.1). Where `typ` does not say, what only ID tokens carry does.
 */
function checkKind(token: string, claims: JWTPayload): void {
  const typ = decodeProtectedHeader(token).typ?.toLowerCase().replace('application/', '');
  if (typ === 'at+jwt') return;
  if (typ !== undefined && typ !== 'jwt') throw new Refusal('token_kind', { typ });
  // Amazon Cognito says it in `token_use`, Keycloak in a claim named `typ`.
  const { token_use: use, typ: kind } = claims;
  if (use !== undefined && use !== 'access') throw new Refusal('token_kind', { token_use: use });
  if (kind === 'Bearer') return;
  if (kind === 'ID' || kind === 'Refresh' || kind === 'Offline') {
    throw new Refusal('token_kind', { typ: kind });
  }
  const sign = ['nonce', 'at_hash', 'c_hash'].find((claim) => claim in claims);
  if (sign !== undefined) throw new Refusal('token_kind', { claim: sign });
}

/** MCP, Authorization: servers MUST accept only tokens that were issued for them (RFC 8707 §2). */
function checkAudience(claims: JWTPayload, audience: string | undefined): void {
  if (audience === undefined) return;
  const found = audiencesOf(claims);
  if (!found.some((value) => comparable(value) === comparable(audience))) {
    throw new Refusal('audience_refused', { expected: audience, found });
  }
}

/**
 * For audiences that are URLs, the case of scheme and host and one trailing slash must not decide
 * (RFC 3986 §6.2.2.1; URL libraries add and drop the slash at will).
 */
function comparable(audience: string): string {
  const href = URL.canParse(audience) ? new URL(audience).href : audience;
  return href.replace(/\/$/, '');
}

function describe(token: string, claims: JWTPayload, metadataUrl: string): AuthInfo {
  return authInfoOf({
    token,
    claims,
    clientId: clientIdOf(claims),
    scopes: withImplied(scopesOf(claims)),
    // Its presence and form were checked with the signature.
    expiresAt: claims.exp as number,
    resourceMetadataUrl: metadataUrl,
  });
}

/** What each failure of the library means to the caller. */
function asRefusal(error: unknown, token: string): unknown {
  const { kid, alg } = decodeProtectedHeader(token);
  if (error instanceof errors.JOSEAlgNotAllowed) return new Refusal('algorithm_refused', { alg });
  if (error instanceof errors.JWKSNoMatchingKey) return new Refusal('key_unknown', { kid, alg });
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return new Refusal('signature_invalid', { kid, alg });
  }
  if (error instanceof errors.JWTExpired) {
    return new Refusal('token_expired', { exp: error.payload.exp });
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, reason, payload } = error;
    if (claim === 'iss') return new Refusal('issuer_refused', { found: payload.iss });
    if (claim === 'exp' && reason === 'missing') return new Refusal('expiry_missing');
    if (claim === 'nbf' && reason === 'check_failed') {
      return new Refusal('token_early', { nbf: payload.nbf });
    }
    return new Refusal('token_malformed', { claim, reason });
  }
  if (error instanceof errors.JOSEError) {
    return new Refusal('token_malformed', { reason: error.code });
  }
  return error;
}
