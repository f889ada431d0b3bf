// How a tool asks for a scope of its own.
import type { ScopeChallengeHandler } from '@modelcontextprotocol/server';
import { log } from '../log.js';
import { factsOf } from './caller.js';
import { requestProblems } from './messages.js';
import { advertised } from './scope-names.js';
import { scopes } from './scopes.js';

const sentence = requestProblems.scope_missing;

/** Every scope that a tool asks for. */
export const toolScopes = new Set<string>();

/**
 * For a tool's `scopeChallenge`: callers without the scope get an HTTP 403 that tells their client
 * to ask the user for it (RFC 6750 §3.1). The challenge also names what every request needs and what
 * the token already grants, so that a client which asks for exactly that does not lose anything.
 */
export function requireScope(scope: string): ScopeChallengeHandler {
  toolScopes.add(scope);
  return ({ authInfo }) => {
    // On stdio nobody is authenticated; over HTTP the gate has already refused such requests.
    if (authInfo === undefined || authInfo.scopes.includes(scope)) return undefined;
    const kept = authInfo.scopes.filter((granted) => scopes.has(granted));
    const { audiences, required } = factsOf(authInfo);
    const needed = advertised([scope, ...required, ...kept], audiences);
    log.info({ problem: 'scope_missing', missing: [scope], granted: authInfo.scopes }, sentence);
    return {
      scopes: [...new Set(needed)] as [string, ...string[]],
      errorDescription: sentence,
    };
  };
}
