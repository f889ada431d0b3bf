// Checks an access token by asking the provider about it, and that it is meant for us.
import { hash } from 'node:crypto';
import type { AuthInfo } from '@modelcontextprotocol/server';
import type { Config } from '../config.js';
import { checkAudience } from './audience.js';
import { authInfoOf } from './caller.js';
import { type Claims, clientIdOf, scopesOf } from './claims.js';
import type { AuthorizationServer } from './discovery.js';
import type { Fetching } from './fetch-json.js';
import type { Verify } from './gate.js';
import { createIntrospection } from './introspection.js';
import { checkIssuer } from './issuer.js';
import { Refusal } from './problems.js';
import { withImplied } from './scopes.js';
import { createVerifiedTokens } from './verified-tokens.js';

/** How long an answer is believed that names no expiry, in seconds. */
const unlimited = 60;
/** How long a refused token is refused without asking again, in seconds, and how many are remembered. */
const refusedFor = 5;
const refusedCapacity = 1_000;

export type VerifierOptions = Config['auth'] & {
  server: AuthorizationServer;
  /** Passed on to tools' challenges. */
  metadataUrl: string;
};

/**
 * Makes the verifier.
 * @throws {SetupError} when the provider cannot be asked
 */
export async function createVerifier(
  options: VerifierOptions,
  fetching: Fetching,
  now = Date.now,
): Promise<Verify> {
  const introspect = await createIntrospection(options.server, options.client, fetching);
  const verified = createVerifiedTokens();
  const refused = new Map<string, { refusal: Refusal; since: number }>();
  const asked = new Map<string, Promise<AuthInfo>>();

  async function verify(token: string): Promise<AuthInfo> {
    const claims = await introspect(token);
    if (!claims.active) throw new Refusal('token_inactive');
    const seconds = now() / 1000;
    // RFC 7662 §2.2: `iss` is optional; without it, the answer is of the one who was asked.
    if (claims.iss !== undefined) checkIssuer(claims, options.server.issuer);
    checkKind(claims);
    checkAudience(claims, options.audiences);
    const expiresAt = expiryOf(claims) ?? seconds + unlimited;
    // RFC 7662 §4: the provider has to say that expired tokens are inactive; some caches do not.
    if (expiresAt <= seconds) throw new Refusal('token_expired', { exp: claims.exp });
    return authInfoOf({
      token,
      clientId: clientIdOf(claims),
      scopes: withImplied(scopesOf(claims)),
      expiresAt,
      resourceMetadataUrl: options.metadataUrl,
      extra: { claims, audiences: options.audiences, required: options.scopes },
    });
  }

  function remember(digest: string, refusal: Refusal): void {
    // A map yields its keys in the order of their insertion: the first is the oldest.
    const oldest = refused.keys().next();
    if (refused.size >= refusedCapacity && !oldest.done) refused.delete(oldest.value);
    refused.set(digest, { refusal, since: now() / 1000 });
  }

  async function ask(token: string): Promise<AuthInfo> {
    const seconds = now() / 1000;
    const digest = hash('sha256', token, 'base64');
    const no = refused.get(digest);
    // Without a sign: a clock that was ahead may have been set back.
    if (no !== undefined && Math.abs(seconds - no.since) < refusedFor) throw no.refusal;

    // Requests that come with the same token at the same time share one question.
    const asking = asked.get(digest) ?? verify(token);
    asked.set(digest, asking);
    try {
      const authInfo = await asking;
      verified.add(token, authInfo, seconds, 0);
      return authInfo;
    } catch (error) {
      const lasting = error instanceof Refusal && error.problem !== 'provider_unavailable';
      if (lasting) remember(digest, error);
      throw error;
    } finally {
      asked.delete(digest);
    }
  }

  return (token) => verified.get(token, now() / 1000, 0) ?? ask(token);
}

/** RFC 7662 §2.2: an integer; some providers write it as text. */
function expiryOf({ exp }: Claims): number | undefined {
  const seconds = typeof exp === 'string' && exp !== '' ? Number(exp) : exp;
  return typeof seconds === 'number' && Number.isFinite(seconds) ? seconds : undefined;
}

/** Providers answer for refresh tokens too, and those must not pass for access tokens. */
function checkKind({ token_type, token_use, typ }: Claims): void {
  const found = [token_use, typ, token_type].find(
    (kind) => typeof kind === 'string' && /refresh|offline|^id(_token)?$/i.test(kind),
  );
  if (found !== undefined) throw new Refusal('token_kind', { found });
}
