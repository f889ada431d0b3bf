// The one redirect URI that is registered at the provider: it finds out whose login came back.
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Departures } from './departures.js';
import { type Pages, sentences } from './pages.js';
import { isAt } from './route.js';

const callbackPath = '/oauth/callback';

/**
 * Sends the browser on to where the login was started, with everything that the provider said: the
 * cookie of an interaction is only sent to its own address.
 */
export function welcomeBack(issuer: string, departures: Departures, pages: Pages) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<unknown> => {
    if (!isAt(ctx.path, callbackPath)) return next();
    const departure = await departures.find(ctx, String(ctx.query.state));
    if (departure === undefined) return pages.refuse(ctx, 400, sentences.elsewhere);
    const { interaction } = departure;
    const start = interaction === undefined ? 'connections' : `interaction/${interaction}`;
    ctx.status = 303;
    ctx.set('Referrer-Policy', 'no-referrer');
    ctx.redirect(`${issuer}/oauth/${start}/callback${ctx.search}`);
    return undefined;
  };
}
