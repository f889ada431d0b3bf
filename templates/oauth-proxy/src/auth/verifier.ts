// Checks that an access token is one that this server has issued, and that its login still lasts.
import type { AuthInfo } from '@modelcontextprotocol/server';
import { createLocalJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import type { SigningKey } from '../store/keys.js';
import type { TokenSet } from '../upstream/token-set.js';
import { authInfoOf } from './caller.js';
import { scopesOf } from './claims.js';
import type { Verify } from './gate.js';
import { Refusal } from './problems.js';
import { withImplied } from './scopes.js';
import { createVerifiedTokens } from './verified-tokens.js';

export interface VerifierOptions {
  /** Our own; tokens are signed with the first one. */
  keys: readonly SigningKey[];
  issuer: string;
  /** The MCP endpoint's URL. */
  resource: string;
  /** What every request needs, and where the metadata is: for the challenges of tools. */
  scopes: readonly string[];
  metadataUrl: string;
  /** Whether the connection of a client, by the claim `sid`, has been ended. */
  hasEnded(connection: string): boolean;
  /** The provider's tokens for a connection. @throws {LoginEnded | ProviderUnavailable} */
  upstream(connection: string): Promise<TokenSet>;
}

/** How far the clocks of our own instances may be apart, in seconds. */
const clockTolerance = 30;

/** Makes the verifier. It asks nobody: the keys are our own, and endings are told to it. */
export function createVerifier(options: VerifierOptions, now = Date.now): Verify {
  const { issuer, resource, scopes, metadataUrl } = options;
  const keys = createLocalJWKSet({ keys: options.keys.map(({ d: _, ...key }) => key) });
  const verified = createVerifiedTokens();

  async function verify(token: string): Promise<AuthInfo> {
    try {
      const { payload } = await jwtVerify(token, keys, {
        // RFC 9068 §4: type, issuer and audience MUST be checked; the algorithm is the keys' own.
        typ: 'at+jwt',
        algorithms: ['ES256'],
        issuer,
        audience: resource,
        requiredClaims: ['sub', 'client_id', 'sid', 'exp'],
        clockTolerance,
        currentDate: new Date(now()),
      });
      return describe(token, payload);
    } catch (error) {
      throw asRefusal(error, options);
    }
  }

  function describe(token: string, claims: JWTPayload): AuthInfo {
    const connection = String(claims.sid);
    return authInfoOf({
      token,
      clientId: String(claims.client_id),
      scopes: withImplied(scopesOf(claims)),
      expiresAt: claims.exp as number,
      resourceMetadataUrl: metadataUrl,
      extra: {
        claims,
        audiences: [resource],
        required: scopes,
        upstream: () => options.upstream(connection),
      },
    });
  }

  function checkConnection(authInfo: AuthInfo): AuthInfo {
    if (!options.hasEnded(connectionOf(authInfo))) return authInfo;
    const { clientId, extra } = authInfo;
    const { sub: subject } = (extra as { claims: JWTPayload }).claims;
    throw new Refusal('session_ended', { subject, clientId });
  }

  async function verifyAnew(token: string): Promise<AuthInfo> {
    const authInfo = checkConnection(await verify(token));
    verified.add(token, authInfo, now() / 1000, 0);
    return authInfo;
  }

  return (token) => {
    const known = verified.get(token, now() / 1000, 0);
    // Also for a token that was verified a moment ago: an ending counts at once.
    return known === undefined ? verifyAnew(token) : checkConnection(known);
  };
}

/** The connection of a client that a token of ours belongs to: the claim `sid`. */
function connectionOf({ extra }: AuthInfo): string {
  return String((extra as { claims: JWTPayload }).claims.sid);
}

/** What each failure of the library means to the caller. */
function asRefusal(error: unknown, { issuer, resource }: VerifierOptions): unknown {
  if (error instanceof errors.JWTExpired) {
    return new Refusal('token_expired', { exp: error.payload.exp });
  }
  if (error instanceof errors.JWSSignatureVerificationFailed) {
    return new Refusal('signature_invalid');
  }
  if (error instanceof errors.JWTClaimValidationFailed) {
    const { claim, payload } = error;
    if (claim === 'iss')
      return new Refusal('issuer_refused', { expected: issuer, found: payload.iss });
    if (claim === 'aud')
      return new Refusal('audience_refused', { expected: resource, found: payload.aud });
  }
  if (error instanceof errors.JOSEError) {
    // A token of the provider ends here too: it was never meant for this server.
    return new Refusal('token_foreign', { reason: error.code });
  }
  return error;
}
