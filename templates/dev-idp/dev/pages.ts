// The pages of the identity provider: plain HTML, no JavaScript, nothing from elsewhere.
//
// Form fields, for scripts: the login form posts `name`; the consent form posts `decision`, which
// is `allow` or `deny`. Both post to their own address.
import { createHash } from 'node:crypto';
import type { User } from './user.js';

const style = `
:root { color-scheme: light dark; --line: #808080; --accent: light-dark(#2450c8, #8fb0ff) }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 25rem; margin: 12vh auto; padding: 0 1.25rem }
h1 { font-size: 1.4rem; line-height: 1.25 }
label { display: block; margin-bottom: .35rem; font-weight: 600 }
input, button { font: inherit; box-sizing: border-box; width: 100%; padding: .6rem .8rem; border-radius: .5rem }
input { border: 1px solid var(--line) }
button { margin-top: .8rem; border: 1px solid var(--line); background: none; color: inherit; cursor: pointer }
button.primary { border-color: var(--accent); background: var(--accent); color: light-dark(#fff, #10142a); font-weight: 600 }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
ul { padding-left: 1.2rem } li { margin: .3rem 0 }
code, strong { overflow-wrap: anywhere }
footer { margin-top: 2.5rem; padding-top: .8rem; border-top: 1px solid var(--line); font-size: .85rem; opacity: .75 }
`;

/**
 * For every page. There is no `form-action` on purpose: browsers apply it to redirects as well, and
 * the answer to the consent form is a redirect to the client.
 */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; frame-ancestors 'none'`,
  'Cache-Control': 'no-store',
  // Not `no-referrer`: that would make browsers send `Origin: null` with the forms.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** Asks who is logging in; `users` are earlier ones, the latest last. */
export function loginPage(users: User[]): string {
  const last = users.at(-1)?.name ?? '';
  const known = users.map(({ name }) => `<option value="${escapeHtml(name)}">`).join('');
  return page(
    'Log in',
    `<form method="post">
<label for="name">Your name</label>
<input id="name" name="name" value="${escapeHtml(last)}" list="users" maxlength="100" required autofocus autocomplete="off" spellcheck="false">
<datalist id="users">${known}</datalist>
<button class="primary">Log in</button>
</form>
<p>Type any name. Each name is a user of its own, and there are no passwords.</p>`,
  );
}

export interface ConsentRequest {
  client: string;
  user: User;
  resources: string[];
  redirectUri: string;
  scopes: { scope: string; description: string }[];
}

/** Asks whether the client may act for the user. */
export function consentPage(request: ConsentRequest): string {
  const strong = (text: string) => `<strong>${escapeHtml(text)}</strong>`;
  const allowed = request.scopes.map(
    ({ scope, description }) =>
      `<li>${escapeHtml(description)} <code>${escapeHtml(scope)}</code></li>`,
  );
  return page(
    `Allow ${request.client}?`,
    `<p>${strong(request.client)} wants to use ${strong(request.resources.join(', '))} as ${strong(request.user.name)}:</p>
<ul>${allowed.join('')}</ul>
<p>Then it goes on at ${strong(destination(request.redirectUri))}. Clients choose their names themselves: allow only what you have just started.</p>
<form method="post">
<button class="primary" name="decision" value="allow">Allow</button>
<button name="decision" value="deny">Deny</button>
</form>`,
  );
}

export function errorPage(error: string, description = ''): string {
  const explanation =
    description === 'client is invalid'
      ? 'This client is not known here any more; perhaps <code>.dev-idp</code> was deleted. Remove the server from your MCP client and add it again.'
      : `${escapeHtml(description)}</p><p>Go back to your MCP client. If it is not connected, start again there.`;
  return page('This did not work', `<p>${explanation}</p><p><code>${escapeHtml(error)}</code></p>`);
}

/** For whoever opens the issuer's address. */
export function homePage(resource: string): string {
  return page(
    'Log in from an MCP client',
    `<p>The MCP server is at <strong>${escapeHtml(resource)}</strong>. Add this address to an MCP client: it opens the login page here when it needs you.</p>
<p>To try the server without a client, get an access token with the token script; <code>OAUTH.md</code> shows how.</p>`,
  );
}

/** Where a redirect goes, as a person should see it: the host, or the scheme of a native app. */
function destination(redirectUri: string): string {
  const { protocol, host, hostname } = new URL(redirectUri);
  if (['localhost', '127.0.0.1', '[::1]'].includes(hostname)) return `${host} (this computer)`;
  return protocol === 'https:' ? host : `${protocol}//${host}`;
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${style}</style>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
<footer>Development identity provider, on this computer only.</footer>
</html>
`;
}

/** Client names and everything else in a page come from strangers. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
