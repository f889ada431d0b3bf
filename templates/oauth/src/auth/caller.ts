// Who is calling, for tools.
import type { AuthInfo, ServerContext } from '@modelcontextprotocol/server';
import type { Claims } from './claims.js';

export interface Caller {
  /** The person or service the token speaks for: the `sub` claim, unique only within the issuer. */
  subject: string | undefined;
  /** The client that the person uses. */
  clientId: string;
  /** What the token grants, with what that implies. */
  scopes: readonly string[];
  /** Everything the token says. Which claims there are is the provider's choice. */
  claims: Readonly<Claims>;
}

/** The caller of a tool, resource or prompt; undefined on stdio, where there is no login. */
export function callerOf(context: ServerContext): Caller | undefined {
  const authInfo = context.http?.authInfo;
  if (authInfo === undefined) return undefined;
  const { claims } = factsOf(authInfo);
  const subject = typeof claims.sub === 'string' ? claims.sub : undefined;
  return { subject, clientId: authInfo.clientId, scopes: authInfo.scopes, claims };
}

/** What the verifier found out besides what the SDK has a place for. */
export interface Facts {
  /** More, where the way tokens are checked has more to tell. */
  [name: string]: unknown;
  claims: Claims;
  /** What OAUTH_AUDIENCE lists. */
  audiences: readonly string[];
  /** What OAUTH_SCOPES lists. */
  required: readonly string[];
}

/**
 * What the SDK carries from the gate to the tools. It is frozen: one login serves many requests,
 * and a tool that changed it would change what later ones may do.
 */
export function authInfoOf({
  extra,
  ...known
}: Omit<AuthInfo, 'extra'> & { extra: Facts }): AuthInfo {
  const { audiences, required } = extra;
  return freeze({
    ...known,
    extra: { ...extra, audiences: [...audiences], required: [...required] },
  });
}

/** Freezes an object and all it holds; not by recursion, because the nesting is the token's choice. */
function freeze<T extends object>(root: T): T {
  const open: unknown[] = [root];
  for (const value of open) {
    if (typeof value === 'object' && value !== null) {
      open.push(...Object.values(Object.freeze(value)));
    }
  }
  return root;
}

export function factsOf(authInfo: AuthInfo): Facts {
  return authInfo.extra as unknown as Facts;
}
