// What all pages of the login have in common, and the ones that only tell something.
import type { KoaContextWithOIDC } from 'oidc-provider';
import { log } from '../log.js';
import type { LoginFailed, ProviderUnavailable } from '../upstream/errors.js';
import { errorPage } from './error-page.js';
import { escapeHtml, page, pageHeaders } from './page.js';
import { redirectPage } from './redirect-page.js';

interface Problem {
  status: number;
  /** The error code (RFC 6749 §5.2). */
  error: string;
  description: string;
  /** In seconds. */
  retryAfter?: number;
}

type Failure = LoginFailed | ProviderUnavailable;

export interface Pages {
  /** The MCP server, as a person knows it: its address. */
  resource: string;
  footer: string;
  show(ctx: KoaContextWithOIDC, html: string, status?: number): void;
  /** Ends here, with a sentence for the person. */
  refuse(ctx: KoaContextWithOIDC, status: number, sentence: string): void;
  /**
   * Leads the browser on. Not by a redirect: Chromium applies `form-action` to what a form's answer
   * redirects to (w3c/webappsec-csp#8), and a provider or a client is never 'self'.
   */
  lead(ctx: KoaContextWithOIDC, way: Omit<Parameters<typeof redirectPage>[0], 'footer'>): void;
  /** What cannot be done now, or at all: a page for people, JSON for programs. */
  decline(ctx: KoaContextWithOIDC, problem: Problem): void;
  /**
   * The login did not work; the person may try again, or let the client know.
   */
  fail(
    ctx: KoaContextWithOIDC,
    way: { failure: Failure; client?: string; again: string; back?: string },
  ): void;
}

export function createPages(resource: string): Pages {
  const footer = `This page belongs to the MCP server at ${resource}`;
  const show: Pages['show'] = (ctx, html, status = 200) => {
    ctx.status = status;
    ctx.set(pageHeaders);
    ctx.body = html;
  };
  return {
    resource,
    footer,
    show,
    refuse(ctx, status, sentence) {
      log.info({ status, path: ctx.path.replace(/[^/]{20,}/g, '…') }, sentence);
      show(ctx, errorPage({ error: 'access_denied', description: sentence, footer }), status);
    },
    lead(ctx, way) {
      show(ctx, redirectPage({ ...way, footer }));
    },
    decline(ctx, { status, error, description, retryAfter }) {
      if (retryAfter !== undefined) ctx.set('Retry-After', String(retryAfter));
      if (ctx.accepts('json', 'html') === 'html') {
        return show(ctx, errorPage({ error, description, footer }), status);
      }
      ctx.status = status;
      ctx.set('Access-Control-Allow-Origin', '*');
      ctx.body = { error, error_description: description };
    },
    fail(ctx, { failure, client, again, back }) {
      const links = [
        `<p><a href="${escapeHtml(again)}">Try again</a></p>`,
        back &&
          `<p><a href="${escapeHtml(back)}">Go back to ${escapeHtml(client ?? 'the client')}</a></p>`,
      ];
      const account = accountIn(failure);
      const who = account ? `<p>You logged in as <strong>${escapeHtml(account)}</strong>.</p>` : '';
      const body = `<p>${escapeHtml(failure.message)}.</p>${who}${links.filter(Boolean).join('')}`;
      show(ctx, page({ title: 'The login did not work', body, footer }), 403);
    },
  };
}

/** Who it was, for whom another account may be the answer. */
function accountIn({ details }: Failure): string | undefined {
  const account = details.email ?? details.subject;
  return typeof account === 'string' ? account : undefined;
}

/** What pages say in more than one place. */
export const sentences = {
  elsewhere: 'This login is finished already, has expired, or was started in another browser.',
} as const;
