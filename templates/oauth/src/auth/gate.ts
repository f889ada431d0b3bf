// The gate in front of the MCP endpoint: a request with a good token passes, any other is refused.
import type { AuthInfo } from '@modelcontextprotocol/server';
import { log } from '../log.js';
import { type ChallengeParameters, refuse } from './challenge.js';
import { Refusal } from './problems.js';

/** Checks a token and says whose it is; at once, when that is remembered. @throws {Refusal} */
export type Verify = (token: string) => AuthInfo | Promise<AuthInfo>;

/**
 * Decides at once when the token is remembered: a request that has to wait, however shortly, has
 * its body kept meanwhile, which costs more than the gate itself.
 */
export type Gate = (request: Request) => AuthInfo | Response | Promise<AuthInfo | Response>;

/** Bearer tokens as RFC 6750 §2.1 writes them; the scheme's case does not matter (RFC 9110 §11.1). */
const bearer = /^bearer +([A-Za-z0-9\-._~+/]+=*) *$/i;

/**
 * @param required scopes that every request needs
 * @param challenge what a refused client is told
 */
export function createGate(
  verify: Verify,
  required: readonly string[],
  challenge: ChallengeParameters,
): Gate {
  function admit(authInfo: AuthInfo): AuthInfo {
    const missing = required.filter((scope) => !authInfo.scopes.includes(scope));
    if (missing.length === 0) return authInfo;
    const { clientId, scopes } = authInfo;
    throw new Refusal('scope_missing', { missing, granted: scopes, clientId });
  }

  function turnAway(error: unknown): Response {
    const refusal = asRefusal(error);
    const level = refusal.problem === 'provider_unavailable' ? 'error' : 'info';
    log[level]({ problem: refusal.problem, ...refusal.details }, refusal.message);
    return refuse(refusal, challenge);
  }

  return (request) => {
    try {
      const found = verify(readToken(request));
      return found instanceof Promise ? found.then(admit).catch(turnAway) : admit(found);
    } catch (error) {
      return turnAway(error);
    }
  };
}

/** Tokens come in the Authorization header only, never in the URL (MCP, Authorization: Token Requirements). */
function readToken(request: Request): string {
  const header = request.headers.get('authorization');
  if (header === null || !/^bearer\b/i.test(header)) throw new Refusal('token_missing');
  const token = bearer.exec(header)?.[1];
  if (token === undefined) throw new Refusal('header_malformed');
  return token;
}

/** What nobody foresaw is a refusal too: a check that fails to run must not let a token through. */
function asRefusal(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  log.error({ err: error }, 'Checking a token failed in an unexpected way');
  return new Refusal('check_failed');
}
