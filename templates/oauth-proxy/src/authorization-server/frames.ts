// Pages that are not our own: oidc-provider makes some, and a later version may make others.
import type { KoaContextWithOIDC } from 'oidc-provider';

/**
 * Gives the headers against framing and sniffing to pages that have none. (What such a page loads
 * and runs, as with `response_mode=form_post`, only who made it can say.)
 */
export async function forbidFrames(
  ctx: KoaContextWithOIDC,
  next: () => Promise<unknown>,
): Promise<void> {
  await next();
  if (!ctx.response.is('html') || ctx.res.hasHeader('Content-Security-Policy')) return;
  ctx.set({
    'Content-Security-Policy': "base-uri 'none'; frame-ancestors 'none'",
    'X-Frame-Options': 'DENY',
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
}
