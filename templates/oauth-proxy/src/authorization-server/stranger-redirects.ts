// Authorization requests that fail before anybody was asked. Whoever registers a client could make
// such requests fail on purpose, to have this server's good name lead people to a website.
import type { KoaContextWithOIDC } from 'oidc-provider';
import { escapeHtml, page } from './page.js';
import type { Pages } from './pages.js';
import { destinationOf } from './redirect-uris.js';
import { isAt } from './route.js';

/**
 * Shows where a failed request would lead, instead of going there (RFC 9700 §4.11.2: redirect
 * automatically only to what is trusted, and anybody can register). Programs on the person's own
 * device are told at once: no website is there.
 * @param path of the authorization endpoint, which never answers clients with anything but errors: a
 *   person is asked first
 */
export function stopBeforeStrangers(path: string, pages: Pages) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> => {
    await next();
    if (!isAt(ctx.path, path)) return;
    const back = ctx.response.get('Location');
    // A page that is not ours: with `response_mode=form_post` it sends itself to the client.
    const sendsItself = ctx.response.is('html') && !ctx.res.hasHeader('Content-Security-Policy');
    const target = back || (sendsItself && String(ctx.oidc.params?.redirect_uri));
    if (!target || target.startsWith(`${ctx.oidc.issuer}/`)) return;
    const { kind, name } = destinationOf(target);
    if (kind !== 'website') return;
    ctx.remove('Location');
    const link = `<p><a href="${escapeHtml(target)}">Go back to ${escapeHtml(name)}</a>, if you trust it.</p>`;
    const body = `<p>A client asked for something that it cannot have.</p>${back && link}`;
    pages.show(ctx, page({ title: 'This did not work', body, footer: pages.footer }), 400);
  };
}
