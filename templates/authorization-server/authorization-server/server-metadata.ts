// The metadata of the authorization server (RFC 8414, OpenID Connect Discovery).
import type { Middleware } from './route.js';

/**
 * Adds `metadata` to the documents. They have to list the scopes of the MCP server, for instance:
 * oidc-provider itself only knows those of OpenID.
 */
export function advertise(metadata: Record<string, unknown>): Middleware {
  return async (ctx, next) => {
    await next();
    if (ctx.path.startsWith('/.well-known/') && ctx.status === 200) {
      Object.assign(ctx.body as object, metadata);
    }
  };
}
