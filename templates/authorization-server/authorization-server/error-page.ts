// What people see when a login cannot go on.
import { escapeHtml, page } from './page.js';

interface Problem {
  /** The error code (RFC 6749 §4.1.2.1). */
  error: string;
  description?: string | undefined;
  /** See {@link page}. */
  footer: string;
}

export function errorPage({ error, description = '', footer }: Problem): string {
  // What oidc-provider says about a client that it does not find.
  const [what, next] =
    description === 'client is invalid'
      ? [
          'This client is not known here any more.',
          'Remove the server from your MCP client and add it again.',
        ]
      : [description, 'Go back to your MCP client. If it is not connected, start again there.'];
  return page({
    title: 'This did not work',
    body: `<p>${escapeHtml(what)}</p>\n<p>${next}</p>\n<p><code>${escapeHtml(error)}</code></p>`,
    footer,
  });
}
