// The pages that only the development identity provider has.
import { escapeHtml, page } from './authorization-server/page.js';
import type { User } from './user.js';

export const footer = 'Development identity provider, on this computer only.';

/**
 * Asks who is logging in; `users` are earlier ones, the latest last. The form posts `name` to its
 * own address.
 */
export function loginPage(users: User[]): string {
  const last = users.at(-1)?.name ?? '';
  const known = users.map(({ name }) => `<option value="${escapeHtml(name)}">`).join('');
  return page({
    title: 'Log in',
    body: `<form method="post">
<label for="name">Your name</label>
<input id="name" name="name" value="${escapeHtml(last)}" list="users" maxlength="100" required autofocus autocomplete="off" spellcheck="false">
<datalist id="users">${known}</datalist>
<button class="primary">Log in</button>
</form>
<p>Type any name. Each name is a user of its own, and there are no passwords.</p>`,
    footer,
  });
}

/** For whoever opens the issuer's address. */
export function homePage(resource: string): string {
  return page({
    title: 'Log in from an MCP client',
    body: `<p>The MCP server is at <strong>${escapeHtml(resource)}</strong>. Add this address to an MCP client: it opens the login page here when it needs you.</p>
<p>To try the server without a client, get an access token with the token script; <code>OAUTH.md</code> shows how.</p>`,
    footer,
  });
}
