// The frame of every page: plain HTML that needs no JavaScript and nothing from elsewhere.
import { createHash } from 'node:crypto';

// A mouse has to be on the page for half a second before it can press a button. Otherwise somebody
// could have a person double-click on a window that lies above this page and closes at the first
// click: the second one would decide here (double-clickjacking), and no header forbids that.
const style = `
:root { color-scheme: light dark; --page: light-dark(#f3f4f7, #0f1115); --card: light-dark(#fff, #1a1d23);
  --text: light-dark(#171a21, #eceef2); --muted: light-dark(#59606e, #a8afbd); --rule: light-dark(#e1e4ea, #343a45);
  --line: #808080; --accent: light-dark(#2450c8, #8fb0ff); --on-accent: light-dark(#fff, #10142a);
  --notice: light-dark(#fff5dc, #2c2413); --notice-line: light-dark(#b36b00, #dda63f) }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; align-items: center; justify-content: safe center;
  padding: 1.5rem 1rem; background: var(--page); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
main { width: 100%; max-width: 27rem; padding: 2rem; background: var(--card); border: 1px solid var(--rule); border-radius: .9rem;
  box-shadow: 0 1px 2px #0001, 0 8px 28px #0001 }
h1 { margin: 0 0 1rem; font-size: 1.45rem; line-height: 1.25; letter-spacing: -.01em; text-wrap: balance }
p { margin: .75rem 0 }
main > :last-child { margin-bottom: 0 }
ul { margin: 0; padding: 0; list-style: none }
li { position: relative; padding: .25rem 0 .25rem 1.6rem }
li::before { content: ""; position: absolute; left: .35rem; top: .55rem; width: .3rem; height: .65rem;
  border: solid var(--accent); border-width: 0 2px 2px 0; transform: rotate(45deg) }
dl { margin: 1.25rem 0; border-top: 1px solid var(--rule) }
dl div { display: flex; flex-wrap: wrap; gap: 0 1rem; padding: .55rem 0; border-bottom: 1px solid var(--rule); font-size: .92rem }
dt { flex: 0 0 6rem; color: var(--muted) }
dd { flex: 1 1 12rem; margin: 0 }
small, footer, code { color: var(--muted); font-size: .85rem }
code { font-family: ui-monospace, monospace }
.notice { margin: 1.25rem 0; padding: .8rem 1rem; background: var(--notice); border-left: 4px solid var(--notice-line); border-radius: .3rem; font-size: .92rem }
.notice p { margin: 0 } .notice strong { display: block }
label { display: block; margin-bottom: .35rem; font-weight: 600 }
input, button { width: 100%; padding: .65rem .9rem; border: 1px solid var(--line); border-radius: .55rem; background: none; color: inherit; font: inherit }
button { margin-top: .7rem; cursor: pointer }
button:hover { border-color: currentcolor }
button.quiet { border-color: transparent; color: var(--accent) }
button.quiet:hover { text-decoration: underline }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600 }
button.primary:hover { filter: brightness(1.1) }
a { color: var(--accent) }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px }
footer { max-width: 27rem; padding-top: 1.2rem; text-align: center; text-wrap: balance }
@media (max-width: 30rem) { main { padding: 1.5rem 1.25rem } }
@media (hover: hover) and (pointer: fine) {
  button { pointer-events: none }
  main:hover button { pointer-events: auto; animation: arm .5s }
}
@keyframes arm { from, to { pointer-events: none } }
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** The headers of every page: nobody can frame it, it loads and runs nothing, and sends forms home. */
export const pageHeaders = {
  'Content-Type': 'text/html; charset=utf-8',
  'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`,
  // RFC 7034, for browsers that do not know `frame-ancestors`.
  'X-Frame-Options': 'DENY',
  'Cache-Control': 'no-store',
  // Not `no-referrer`: that would make browsers send `Origin: null` with the forms.
  'Referrer-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

interface Page {
  /** Text. */
  title: string;
  /** HTML: what goes below the title. */
  body: string;
  /** Text: whose page this is. */
  footer: string;
  /** HTML, for the document's head. */
  head?: string;
}

/** @returns an HTML document */
export function page({ title, body, footer, head = '' }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
${head}<style>${style}</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${body}
</main>
<footer>${escapeHtml(footer)}</footer>
</body>
</html>
`;
}

/** Client names and everything else in a page come from strangers. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
