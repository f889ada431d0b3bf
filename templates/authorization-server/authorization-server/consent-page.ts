// The question whether a client may act for somebody.
//
// The form posts to its own address: `decision`, which is `allow`, `deny` or one of the others,
// and the hidden fields.
import type { ClientIdentity } from './client-identity.js';
import { escapeHtml, page } from './page.js';
import { type Destination, destinationOf } from './redirect-uris.js';

export interface ConsentRequest {
  client: ClientIdentity;
  /** Who allows it, when that is known already. */
  user?: string;
  /** The MCP endpoint. */
  resource: string;
  redirectUri: string;
  /** With words for what they allow. */
  scopes: { scope: string; description: string }[];
}

interface ConsentForm {
  /** See {@link page}. */
  footer: string;
  /** What the button says that allows it. */
  allow?: string;
  /** Further buttons. */
  others?: { decision: string; text: string }[];
  /** Fields that come back as they are, by name. */
  hidden?: Record<string, string>;
}

export function consentPage(
  { client, user, resource, redirectUri, scopes }: ConsentRequest,
  { footer, allow = 'Allow', others = [], hidden = {} }: ConsentForm,
): string {
  const destination = destinationOf(redirectUri);
  const facts = [
    ['Client', `${bold(client.name)}<br><small>${identification(client)}</small>`],
    ['Server', bold(resource)],
    ...(user === undefined ? [] : [['Account', bold(user)]]),
    ['Leads to', bold(places[destination.kind](destination.name))],
  ];
  const allowed = scopes.map(
    ({ scope, description }) =>
      `<li>${escapeHtml(description)} <code>${escapeHtml(scope)}</code></li>`,
  );
  const fields = Object.entries(hidden).map(
    ([name, value]) =>
      `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">\n`,
  );
  const buttons = [...others, { decision: 'deny', text: 'Deny' }].map(
    ({ decision, text }) =>
      `<button name="decision" value="${escapeHtml(decision)}">${escapeHtml(text)}</button>\n`,
  );
  return page({
    title: `Allow ${client.name}?`,
    body: `<p>It wants to use an MCP server for you, and will be able to:</p>
<ul>${allowed.join('')}</ul>
<dl>${facts.map(([term, fact]) => `<div><dt>${term}</dt><dd>${fact}</dd></div>`).join('')}</dl>
${notice(destination)}<form method="post" autocomplete="off">
${fields.join('')}<button class="primary" name="decision" value="allow">${escapeHtml(allow)}</button>
${buttons.join('')}</form>`,
    footer,
  });
}

const places: Record<Destination['kind'], (name: string) => string> = {
  website: (host) => host,
  loopback: (host) => `${host} (this computer)`,
  app: (scheme) => `${scheme} (an app on this device)`,
};

/** What the client cannot make up about itself, if anything. */
function identification({ host }: ClientIdentity): string {
  return host === undefined ? 'Nobody has checked this name.' : `Described at ${bold(host)}`;
}

/** Nothing shows which program waits at such an address: another one may have sent the browser. */
function notice({ kind }: Destination): string {
  if (kind === 'website') return '';
  const reason = {
    loopback: 'Access goes to whatever program waits at this address of your computer.',
    app: 'Access goes to whatever app opens such addresses on your device.',
  }[kind];
  return `<div class="notice" role="note"><p><strong>Did you start this yourself, just now?</strong>
${reason} If you did not, deny it.</p></div>\n`;
}

function bold(text: string): string {
  return `<strong><bdi>${escapeHtml(text)}</bdi></strong>`;
}
