// Whom something belongs to that outlives a request.
import type { AuthInfo } from '@modelcontextprotocol/server';

/**
 * The person, and the client in use; the same for everybody where there is no login.
 * Not the token: clients get new ones while they stay who they are.
 */
export function ownerOf(authInfo: AuthInfo | undefined): string {
  const { claims } = (authInfo?.extra ?? {}) as { claims?: { iss?: unknown; sub?: unknown } };
  return JSON.stringify([authInfo?.clientId, claims?.iss, claims?.sub]);
}
