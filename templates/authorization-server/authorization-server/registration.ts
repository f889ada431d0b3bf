// Dynamic client registration (RFC 7591), as MCP clients need it beyond what oidc-provider does.
import { isAt, type Middleware } from './route.js';

/**
 * Makes registration usable from browsers, and tells the client what it may ask for.
 * @param path of the registration endpoint
 * @param scope every scope that there is, separated by spaces
 */
export function openRegistration({ path, scope }: { path: string; scope: string }): Middleware {
  return async (ctx, next) => {
    if (!isAt(ctx.path, path)) return next();
    ctx.set('Access-Control-Allow-Origin', '*');
    if (ctx.method === 'OPTIONS') {
      ctx.set('Access-Control-Allow-Methods', 'POST');
      ctx.set('Access-Control-Allow-Headers', ctx.get('Access-Control-Request-Headers'));
      ctx.status = 204;
      return undefined;
    }
    await next();
    // A client that is told no scope may forget those it needs.
    if (ctx.status === 201) Object.assign(ctx.body as object, { scope });
    return undefined;
  };
}
