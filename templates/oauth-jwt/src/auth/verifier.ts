// Checks that an access token is a JWT of our authorization server, meant for us, and valid now.
import type { AuthInfo } from '@modelcontextprotocol/server';
import {
  decodeProtectedHeader,
  errors,
  type JWTPayload,
  type JWTVerifyGetKey,
  jwtVerify,
} from 'jose';
import { checkAudience } from './audience.js';
import { authInfoOf } from './caller.js';
import { clientIdOf, scopesOf } from './claims.js';
import type { AuthorizationServer } from './discovery.js';
import type { Fetching } from './fetch-json.js';
import type { Verify } from './gate.js';
import { checkIssuer } from './issuer.js';
import { type Keys, loadKeys } from './jwks.js';
import { Refusal } from './problems.js';
import { withImplied } from './scopes.js';
import { checkKind } from './token-kind.js';
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
  /** What tokens must have been issued for, one of these; none switches the check off. */
  audiences: readonly string[];
  /** What every request needs, and where the metadata is: for the challenges of tools. */
  scopes: readonly string[];
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
  const keys = await loadKeys(options.server.jwks_uri, fetching, now);
  const verified = createVerifiedTokens();

  async function verify(token: string): Promise<AuthInfo> {
    const seconds = now() / 1000;
    // Before anything is awaited: what older keys verify must not be remembered under newer ones.
    const { generation } = keys;
    checkForm(token);
    const claims = await verifyClaims(token, keys, new Date(now()));
    checkIssuer(claims, options.server.issuer);
    checkKind(token, claims);
    checkAudience(claims, options.audiences);
    const authInfo = describe(token, claims, options);
    verified.add(token, authInfo, seconds, generation);
    return authInfo;
  }

  return (token) => verified.get(token, now() / 1000, keys.generation) ?? verify(token);
}

/** Before anything else, so that garbage is told apart from trouble with keys. */
function checkForm(token: string): void {
  const parts = token.split('.').length;
  // RFC 7516 §3: five parts are an encrypted JWT, which only its addressee could read.
  if (parts === 5) throw new Refusal('token_encrypted');
  if (parts !== 3) throw new Refusal('token_opaque');
  try {
    const header: { typ?: unknown } = decodeProtectedHeader(token);
    if (!['string', 'undefined'].includes(typeof header.typ)) throw new TypeError('typ');
  } catch {
    throw new Refusal('token_malformed');
  }
}

/** Signature and times (RFC 9068 §4, RFC 7519 §4.1). */
async function verifyClaims(token: string, keys: Keys, currentDate: Date) {
  const options = { algorithms, clockTolerance, currentDate, requiredClaims: ['exp'] };
  const { generation } = keys;
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
    if (!unknownKey || !(await keys.refresh(generation))) throw asRefusal(error, token);
  }
  return attempt().catch((error: unknown) => {
    throw asRefusal(error, token);
  });
}

function describe(token: string, claims: JWTPayload, options: VerifierOptions): AuthInfo {
  return authInfoOf({
    token,
    clientId: clientIdOf(claims),
    scopes: withImplied(scopesOf(claims)),
    // Its presence and form were checked with the signature.
    expiresAt: claims.exp as number,
    resourceMetadataUrl: options.metadataUrl,
    extra: { claims, audiences: options.audiences, required: options.scopes },
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
