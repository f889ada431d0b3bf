// The conversation with the person at the browser: who are you, and may this client act for you?
import type { InteractionResults, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { consentPage } from './authorization-server/consent-page.js';
import { errorPage } from './authorization-server/error-page.js';
import { isForeignForm, readForm } from './authorization-server/form.js';
import { pageHeaders } from './authorization-server/page.js';
import { redirectPage } from './authorization-server/redirect-page.js';
import { destinationOf } from './authorization-server/redirect-uris.js';
import {
  grantAccess,
  type RequestedAccess,
  readRequest,
} from './authorization-server/requested-access.js';
import { footer, loginPage } from './pages.js';
import type { Store } from './store.js';
import { toUser, type User } from './user.js';

interface InteractionOptions {
  provider: Provider;
  store: Store;
  resource: string;
  /** Every scope that can be granted → what it allows, in words. */
  scopes: Record<string, string>;
  log: (line: string) => void;
}

/**
 * Serves `/interaction/…`, where oidc-provider sends the browser: first the login, then, at the
 * same address, the consent.
 *
 * The address is unguessable and works only with the cookie that oidc-provider bound to it; other
 * sites and other local ports cannot post the forms.
 */
export function interactions({ provider, store, resource, scopes, log }: InteractionOptions) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>) => {
    if (!ctx.path.startsWith('/interaction/')) return next();
    ctx.set(pageHeaders);
    const details = await provider.interactionDetails(ctx.req, ctx.res).catch(() => undefined);
    if (!details) {
      return refuse(
        ctx,
        400,
        'This login is finished already, has expired, or was started in another browser.',
      );
    }
    const request = await readRequest(provider, details.params, scopes);
    const loggedIn = store.findUser(details.result?.login?.accountId ?? '');
    if (ctx.method !== 'POST') {
      ctx.body = loggedIn
        ? consentPage({ ...request, user: loggedIn.name, resource }, { footer })
        : loginPage(store.users());
      return undefined;
    }
    if (isForeignForm(ctx.req, provider.issuer)) {
      return refuse(ctx, 403, 'Another site sent this form.');
    }
    const form = await readForm(ctx.req);
    if (!form) return refuse(ctx, 413, 'This form is too large.');
    const user = toUser(form.get('name') ?? '');
    if (form.has('name') && !user) return ctx.redirect(ctx.path);
    const result = user ? logIn(user, request) : await decide(form, request, loggedIn);
    const resume = await provider.interactionResult(ctx.req, ctx.res, result);
    if (!result.error && !result.consent) return ctx.redirect(ctx.path);
    ctx.body = redirectPage({
      url: new URL(resume),
      to: request.client.name,
      opensApp: destinationOf(request.redirectUri).kind === 'app',
      footer,
    });
    return undefined;
  };

  function logIn(user: User, request: RequestedAccess): InteractionResults {
    const unknown = request.unknown.join(' ');
    if (unknown) log(`Not granted: ${unknown}. Declare it in src/auth/scopes.ts.`);
    if (request.scopes.length === 0) {
      return { error: 'invalid_scope', error_description: `unknown scope ${unknown}` };
    }
    store.saveUser(user);
    return { login: { accountId: user.id } };
  }

  async function decide(
    form: URLSearchParams,
    request: RequestedAccess,
    user: User | undefined,
  ): Promise<InteractionResults> {
    if (form.get('decision') !== 'allow' || !user) {
      return { error: 'access_denied', error_description: 'The user said no' };
    }
    const granted = request.scopes.map(({ scope }) => scope);
    const grantId = await grantAccess(provider, {
      ...request,
      accountId: user.id,
      scopes: granted,
    });
    return { login: { accountId: user.id }, consent: { grantId } };
  }
}

function refuse(ctx: KoaContextWithOIDC, status: number, description: string): undefined {
  ctx.status = status;
  ctx.body = errorPage({ error: 'access_denied', description, footer });
}
