// Where people see which clients they have let in, and end that.
import type { KoaContextWithOIDC } from 'oidc-provider';
import { log } from '../log.js';
import { LoginFailed, ProviderUnavailable } from '../upstream/errors.js';
import { displayNameOf } from '../upstream/user.js';
import type { BrowserSession, Browsers } from './browser.js';
import type { Connections } from './connections.js';
import type { Consents } from './consents.js';
import type { Departures } from './departures.js';
import type { FormTokens } from './form-tokens.js';
import type { Login } from './login.js';
import { escapeHtml, page } from './page.js';
import type { Pages } from './pages.js';
import { FormRefused, readPostedForm, tokenField } from './posted-form.js';
import { reportFailure } from './report-failure.js';
import { isAt } from './route.js';

const path = '/oauth/connections';

export interface ConnectionsPageParts {
  issuer: string;
  providerName: string;
  pages: Pages;
  forms: FormTokens;
  browsers: Browsers;
  departures: Departures;
  login: Login;
  connections: Connections;
  consents: Consents;
}

/** Serves `/oauth/connections` and, for the way back from the provider, its `/callback`. */
export function showConnections(parts: ConnectionsPageParts) {
  const { issuer, pages, forms, browsers, departures, login, connections, consents } = parts;
  const own = `${issuer}${path}`;

  return async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<unknown> => {
    if (isAt(ctx.path, `${path}/callback`)) return comeBack(ctx);
    if (!isAt(ctx.path, path)) return next();
    return ctx.method === 'POST' ? act(ctx) : list(ctx);
  };

  async function list(ctx: KoaContextWithOIDC): Promise<void> {
    const session = await login.whoIs(ctx);
    const token = forms.issue(browsers.idOf(ctx), path);
    const body = session
      ? describe(session, await connections.listOf(session.user.subject), token)
      : `<p>Log in to see which clients you have let in.</p>${button(token, 'log-in', `Continue to ${parts.providerName}`)}`;
    pages.show(ctx, page({ title: 'Your connected clients', body, footer: pages.footer }));
  }

  async function act(ctx: KoaContextWithOIDC): Promise<void> {
    const browser = browsers.idOf(ctx);
    const { origin } = new URL(issuer);
    try {
      const { fields } = await readPostedForm(ctx, { origin, forms, browser, shown: [path] });
      const decision = fields.get('decision');
      if (decision === 'log-in') {
        return pages.lead(ctx, { url: await departures.leave(ctx, [], {}) });
      }
      if (decision === 'log-out') await browsers.signOut(ctx);
      if (decision === 'end') await end(ctx, fields.get('connection') ?? '');
      ctx.status = 303;
      ctx.redirect(own);
    } catch (error) {
      if (!(error instanceof FormRefused)) throw error;
      pages.refuse(ctx, error.status, error.message);
    }
  }

  /** Ends a connection of one's own, and forgets the consent: the next login asks again. */
  async function end(ctx: KoaContextWithOIDC, id: string): Promise<void> {
    const session = await login.whoIs(ctx);
    const connection = await connections.find(id);
    if (connection === undefined || connection.user !== session?.user.subject) return;
    await connections.end(id);
    await consents.forget(connection.user, connection.clientId);
    log.info(
      { subject: connection.user, clientId: connection.clientId },
      'A client was disconnected',
    );
  }

  async function comeBack(ctx: KoaContextWithOIDC): Promise<void> {
    try {
      await login.finish(ctx);
      ctx.status = 303;
      ctx.redirect(own);
    } catch (error) {
      const failed = error instanceof LoginFailed || error instanceof ProviderUnavailable;
      if (!failed) throw error;
      reportFailure(error);
      pages.fail(ctx, { failure: error, again: own });
    }
  }
}

function describe(
  { user }: BrowserSession,
  list: Awaited<ReturnType<Connections['listOf']>>,
  token: string,
): string {
  const items = list
    .sort((a, b) => b.since - a.since)
    .map(({ id, clientName, leadsTo, scopes, since }) => {
      const time = new Date(since * 1000).toISOString().slice(0, 16).replace('T', ' ');
      const facts = `${leadsTo}, ${scopes.join(' ')}, since ${time} UTC`;
      return `<li><strong>${escapeHtml(clientName)}</strong><br><small>${escapeHtml(facts)}</small>${button(token, 'end', `Disconnect ${clientName}`, id)}</li>`;
    });
  const all = items.length > 0 ? `<ul>${items.join('')}</ul>` : '<p>No client is connected.</p>';
  return `<p>You are ${escapeHtml(displayNameOf(user))}.</p>${all}${button(token, 'log-out', 'Log out here')}`;
}

function button(token: string, decision: string, text: string, connection = ''): string {
  const hidden = { [tokenField]: token, connection };
  const fields = Object.entries(hidden).map(
    ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`,
  );
  const look = decision === 'log-in' ? 'class="primary" ' : '';
  return `<form method="post" action="">${fields.join('')}<button ${look}name="decision" value="${decision}">${escapeHtml(text)}</button></form>`;
}
