// For tools: calling the provider's APIs as the person who uses them.
import type { AuthInfo, ServerContext } from '@modelcontextprotocol/server';
import { factsOf } from '../auth/caller.js';
import { LoginEnded, ProviderUnavailable } from './errors.js';
import type { TokenSet } from './token-set.js';

export interface UpstreamAccess {
  /** For the provider's APIs only: it must not be shown, logged, or given to the MCP client. */
  accessToken: string;
  /** What the provider granted, by plain names. */
  scopes: readonly string[];
  /** In seconds since 1970, if it expires. */
  expiresAt?: number;
}

/** What a tool met with, by the caller: the gate makes a new object of that for every request. */
const troubles = new WeakMap<AuthInfo, LoginEnded | ProviderUnavailable>();

/**
 * The caller's access token at the provider, refreshed when it needs to be.
 * @throws {LoginEnded} when the caller has to log in again: the request is answered with a 401,
 *   whatever the tool makes of it
 * @throws {ProviderUnavailable} when the provider does not renew it at the moment: that is a 503
 */
export async function upstreamAccess(context: ServerContext): Promise<UpstreamAccess> {
  const authInfo = context.http?.authInfo;
  if (authInfo === undefined) {
    throw new Error(
      'Nobody is logged in over stdio, so there is no token of the provider: run this server over HTTP.',
    );
  }
  // The verifier puts it there, beside what it found out about the token.
  const { upstream } = factsOf(authInfo) as unknown as { upstream: () => Promise<TokenSet> };
  try {
    const { accessToken, scopes, expiresAt } = await upstream();
    return { accessToken, scopes, ...(expiresAt !== undefined && { expiresAt }) };
  } catch (error) {
    const isTrouble = error instanceof LoginEnded || error instanceof ProviderUnavailable;
    if (isTrouble) troubles.set(authInfo, error);
    throw error;
  }
}

/** Why a tool got no token for this request, which is an answer of its own. */
export function troubleOf(caller: AuthInfo): LoginEnded | ProviderUnavailable | undefined {
  return troubles.get(caller);
}
