// Sends the browser on by a page instead of a redirect.
import { escapeHtml, page } from './page.js';

interface Redirection {
  /** An address of this server or of the provider: never one that a client chose. */
  url: URL;
  /** Text: where that leads in the end, as people know it. Default: the host. */
  to?: string;
  /** The browser stays on this page, because it is an app that opens. */
  opensApp?: boolean;
  /** See {@link page}. */
  footer: string;
}

/**
 * The answer to a form that leads to another site. A redirect would not do: Chromium applies the
 * `form-action` of the form's page to it (w3c/webappsec-csp#8), and a client is never 'self'.
 */
export function redirectPage({
  url,
  to = url.host,
  opensApp = false,
  footer,
}: Redirection): string {
  const address = escapeHtml(url.href);
  const end = opensApp ? ', and close this page when the app has opened' : '';
  return page({
    title: 'One moment',
    head: `<meta http-equiv="refresh" content="0;url=${address}">\n`,
    body: `<p>You are on your way to <strong><bdi>${escapeHtml(to)}</bdi></strong>.</p>
<p><a href="${address}">Continue</a> if nothing happens${end}.</p>`,
    footer,
  });
}
