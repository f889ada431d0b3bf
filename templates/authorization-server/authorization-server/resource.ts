// The resource that tokens are for (RFC 8707).

/** URLs are the same when they differ by the case of the host or by one trailing slash. */
export function isSameResource(a: string, b: string): boolean {
  return URL.canParse(a) && URL.canParse(b) && plain(a) === plain(b);
}

/** A resource as clients may spell it: without a trailing slash, and with one. */
export function spellingsOf(resource: string): string[] {
  return [resource, `${resource}/`];
}

function plain(url: string): string {
  return new URL(url).href.replace(/\/$/, '');
}
