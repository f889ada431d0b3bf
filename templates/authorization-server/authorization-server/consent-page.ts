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
    ['Returns to', bold(places[destination.kind](destination.name))],
  ];
  const allowed = scopes.map(
    ({ scope, description }) =>
      `<li>${escapeHtml(description)} <code>${escapeHtml(scope)}</code></li>`,
  );
  const fields = Object.entries(hidden).map(
    ([name, value]) =>
      `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">\n`,
  );
  const buttons = [
    button('allow', allow, 'primary'),
    button('deny', 'Deny'),
    ...others.map(({ decision, text }) => button(decision, text, 'quiet')),
  ];
  return page({
    title: `Allow ${client.name} access?`,
    body: `<p>This client wants to work for you on an MCP server. It will be able to:</p>
<ul role="list">${allowed.join('')}</ul>
<dl>${facts.map(([term, fact]) => `<div><dt>${term}</dt><dd>${fact}</dd></div>`).join('')}</dl>
${notice(destination)}<form method="post" autocomplete="off">
${fields.join('')}${buttons.join('')}</form>`,
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
  return host === undefined ? 'It chose this name itself.' : `Identified by ${bold(host)}`;
}

/** Any program there may have sent the browser here, whatever it calls itself (RFC 8252 §8.6). */
function notice({ kind }: Destination): string {
  if (kind === 'website') return '';
  const receiver = {
    loopback: 'whatever program waits at this address of your computer',
    app: 'whatever app opens such addresses on your device',
  }[kind];
  return `<div class="notice" role="note"><p><strong>Allow this only if you have just started it yourself.</strong>
Access goes to ${receiver}, and nobody can tell which one that is.</p></div>\n`;
}

function button(decision: string, text: string, style?: 'primary' | 'quiet'): string {
  const look = style ? `class="${style}" ` : '';
  return `<button ${look}name="decision" value="${escapeHtml(decision)}">${escapeHtml(text)}</button>\n`;
}

function bold(text: string): string {
  return `<strong><bdi>${escapeHtml(text)}</bdi></strong>`;
}
