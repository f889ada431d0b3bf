// The page between a client and the login: what the client wants, and whether the person agrees.
//
// oidc-provider sends the browser here for each authorization request. The address works only with
// the cookie that it bound to it, so a login that one browser started cannot go on in another.
import type { InteractionResults, KoaContextWithOIDC, Provider } from 'oidc-provider';
import { scopes as declared } from '../auth/scopes.js';
import { LoginFailed, ProviderUnavailable } from '../upstream/errors.js';
import { displayNameOf } from '../upstream/user.js';
import type { BrowserSession, Browsers } from './browser.js';
import { consentPage } from './consent-page.js';
import type { Consents } from './consents.js';
import type { Departures } from './departures.js';
import type { FormTokens } from './form-tokens.js';
import type { Login } from './login.js';
import { type Pages, sentences } from './pages.js';
import { FormRefused, readPostedForm, tokenField } from './posted-form.js';
import { destinationOf } from './redirect-uris.js';
import { reportFailure } from './report-failure.js';
import { type RequestedAccess, readRequest } from './requested-access.js';

export interface QuestionParts {
  provider: Provider;
  /** What people log in at: `Google`. */
  providerName: string;
  pages: Pages;
  forms: FormTokens;
  browsers: Browsers;
  consents: Consents;
  departures: Departures;
  login: Login;
  /** Every scope that can be granted. */
  scopes: readonly string[];
}

/** One authorization request, at the browser that made it. */
interface Asked {
  ctx: KoaContextWithOIDC;
  id: string;
  request: RequestedAccess;
  scopes: string[];
  /** What the client wants to be asked in any case: `login`, `consent`. */
  prompts: string[];
}

const root = '/oauth/interaction/';

/** Serves `/oauth/interaction/ID` and, for the way back, `/oauth/interaction/ID/callback`. */
export function askPeople(parts: QuestionParts) {
  const { provider, pages, forms, browsers, consents, departures, login } = parts;
  /** In words, for the page. */
  const descriptions = {
    ...Object.fromEntries(
      parts.scopes.map((scope) => [scope, declared.get(scope)?.description ?? '']),
    ),
    openid: 'Know who you are',
  };

  return async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<unknown> => {
    if (!ctx.path.startsWith(root)) return next();
    const details = await provider.interactionDetails(ctx.req, ctx.res).catch((error: Error) => {
      if (error.name !== 'SessionNotFound') throw error;
    });
    if (!details) return pages.refuse(ctx, 400, sentences.elsewhere);
    const { uid: id, params } = details;
    const request = await readRequest(provider, params, descriptions);
    const scopes = request.scopes.map(({ scope }) => scope);
    const asked = { ctx, id, request, scopes, prompts: String(params.prompt ?? '').split(' ') };
    // RFC 6749 §4.1.2.1: nobody is asked about nothing.
    if (scopes.length === 0) return goOn(asked, nothingToGrant);
    if (ctx.path.endsWith('/callback')) return comeBack(asked);
    return ctx.method === 'POST' ? decide(asked) : ask(asked);
  };

  async function ask(asked: Asked): Promise<void> {
    const { ctx, id, request, scopes, prompts } = asked;
    const session = await login.whoIs(ctx, scopes);
    if (
      session &&
      prompts.join('') === '' &&
      (await consents.covers({ ...request, scopes, user: session.user.subject }))
    ) {
      return goOn(asked, await login.connect(session, request));
    }
    const html = consentPage(
      {
        ...request,
        resource: pages.resource,
        ...(session && { user: displayNameOf(session.user) }),
      },
      {
        footer: pages.footer,
        allow: session ? 'Allow' : `Continue to ${parts.providerName}`,
        others: [{ decision: 'other-account', text: 'Use another account' }],
        hidden: { [tokenField]: forms.issue(browsers.idOf(ctx), pageFor(id, session)) },
      },
    );
    pages.show(ctx, html);
  }

  async function decide(asked: Asked): Promise<void> {
    const { ctx, id, request, scopes, prompts } = asked;
    const browser = browsers.idOf(ctx);
    const session = await login.whoIs(ctx, scopes);
    const { origin } = new URL(provider.issuer);
    try {
      const shown = [pageFor(id, session), pageFor(id)];
      const { fields, page } = await readPostedForm(ctx, { origin, forms, browser, shown });
      const decision = fields.get('decision');
      if (decision !== 'allow' && decision !== 'other-account') {
        return await goOn(asked, refusal('The user said no'));
      }
      const otherAccount = decision === 'other-account' || prompts.includes('login');
      // Where the page said that a login follows, there is one, whoever has logged in since.
      const agreed = session && page === pageFor(id, session) && !otherAccount;
      if (agreed) return await goOn(asked, await login.connect(session, request));
      const url = await departures.leave(ctx, scopes, { interaction: id, otherAccount });
      pages.lead(ctx, { url });
    } catch (error) {
      if (!(error instanceof FormRefused)) throw error;
      pages.refuse(ctx, error.status, error.message);
    }
  }

  async function comeBack(asked: Asked): Promise<void> {
    const { ctx, id, request } = asked;
    try {
      const session = await login.finish(ctx, id);
      await goOn(asked, await login.connect(session, request));
    } catch (error) {
      const failed = error instanceof LoginFailed || error instanceof ProviderUnavailable;
      if (!failed) throw error;
      reportFailure(error);
      const back = await settle(ctx, refusal('The login at the provider failed'));
      const again = `${provider.issuer}${root}${id}`;
      pages.fail(ctx, { failure: error, client: request.client.name, again, back });
    }
  }

  /** Tells oidc-provider how it ended. @returns where it goes on */
  function settle(ctx: KoaContextWithOIDC, result: InteractionResults): Promise<string> {
    return provider.interactionResult(ctx.req, ctx.res, result);
  }

  /** Back to the client. When an app opens, the browser stays on what it shows: so that is a page. */
  async function goOn({ ctx, request }: Asked, result: InteractionResults): Promise<void> {
    const url = await settle(ctx, result);
    const opensApp = destinationOf(request.redirectUri).kind === 'app';
    if (ctx.method !== 'POST' && !opensApp) return ctx.redirect(url);
    pages.lead(ctx, { url: new URL(url), to: request.client.name, opensApp });
  }
}

/**
 * What a form's token is issued for: the request and the person that the page showed. When somebody
 * else logs in in another tab, a form that is still open does not speak for them.
 */
function pageFor(id: string, session?: BrowserSession): string {
  return JSON.stringify([id, session?.user.subject ?? '']);
}

const nothingToGrant: InteractionResults = {
  error: 'invalid_scope',
  error_description: 'None of the scopes can be granted',
};

function refusal(description: string): InteractionResults {
  return { error: 'access_denied', error_description: description };
}
