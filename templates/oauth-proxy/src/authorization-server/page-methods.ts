// How our own pages can be asked for. oidc-provider minds the methods of its endpoints itself.
import type { KoaContextWithOIDC } from 'oidc-provider';

const ownPages = /^\/oauth\/(interaction|connections|callback)(\/|$)/i;

/** HEAD is what Koa answers like GET. */
const methods = ['GET', 'HEAD', 'POST'];

/**
 * Refuses other methods (RFC 9110 §15.5.6). A page would be worked out for them, with all that it
 * leaves behind; and of OPTIONS, which browsers send by themselves, nobody counts how many there are.
 */
export async function refuseOtherMethods(
  ctx: KoaContextWithOIDC,
  next: () => Promise<unknown>,
): Promise<unknown> {
  if (!ownPages.test(ctx.path) || methods.includes(ctx.method)) return next();
  ctx.status = 405;
  ctx.set('Allow', methods.join(', '));
  return undefined;
}
