// Who is calling, for tools.
import type { AuthInfo, ServerContext } from '@modelcontextprotocol/server';

export interface Caller {
  /** The person or service the token speaks for: the `sub` claim, unique only within the issuer. */
  subject: string | undefined;
  /** The client that the person uses. */
  clientId: string;
  /** What the token grants, with what that implies. */
  scopes: readonly string[];
  /** Everything the token says. Which claims there are is the provider's choice. */
  claims: Readonly<Record<string, unknown>>;
}

/** The caller of a tool, resource or prompt; undefined on stdio, where there is no login. */
export function callerOf(context: ServerContext): Caller | undefined {
  const authInfo = context.http?.authInfo;
  if (authInfo === undefined) return undefined;
  const { claims } = authInfo.extra as { claims: Record<string, unknown> };
  const subject = typeof claims.sub === 'string' ? claims.sub : undefined;
  return { subject, clientId: authInfo.clientId, scopes: authInfo.scopes, claims };
}

/** What the SDK carries from the gate to the tools; `claims` are those of a verified token. */
export function authInfoOf(facts: {
  token: string;
  claims: Record<string, unknown>;
  clientId: string;
  scopes: string[];
  expiresAt: number;
  resourceMetadataUrl: string;
}): AuthInfo {
  const { claims, ...authInfo } = facts;
  return { ...authInfo, extra: { claims } };
}
