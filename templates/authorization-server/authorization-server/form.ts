// Forms that people send from the pages.
import type { IncomingMessage } from 'node:http';

/** In characters. */
const longest = 10_000;

/** @returns undefined when it is too large */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) {
    body += chunk;
    if (body.length > longest) return undefined;
  }
  return new URLSearchParams(body);
}

/**
 * Whether another site made the browser send the form: browsers say where it comes from (Fetch,
 * `Origin`; Fetch Metadata). What says nothing is no browser.
 * @param origin of the pages
 */
export function isForeignForm({ headers }: IncomingMessage, origin: string): boolean {
  const site = headers['sec-fetch-site'] ?? 'same-origin';
  return (headers.origin ?? origin) !== origin || site !== 'same-origin';
}
