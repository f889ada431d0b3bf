// Where the browser goes with an authorization code: what is allowed, and what people are told.

/** What RFC 3986 §2 lets a URI consist of: the rest is read differently by different programs. */
const uriCharacters = /^[\w\-.~:/?#[\]@!$&'()*+,;=%]+$/;

/** Schemes of browsers and systems, which are nobody's private use (RFC 8252 §7.1). */
const foreignSchemes =
  /^(ftp|wss?|filesystem|view-source|(ms|x-apple)-.+|search-ms|intent|android-app|chrome|chrome-extension|moz-extension|resource|mailto|tel|sms|ssh|telnet|ldap|smb):$/;

/**
 * What is wrong with a redirect URI that oidc-provider would accept. It refuses by itself what has
 * a fragment, `javascript:` and the like, and plain http to anywhere but loopback.
 * @returns a sentence without its beginning, or undefined
 */
export function redirectProblem(uri: string): string | undefined {
  if (!uriCharacters.test(uri) || !URL.canParse(uri)) return 'must be absolute URIs (RFC 3986)';
  const { protocol, username, password } = new URL(uri);
  // RFC 3986 §7.6: https://localhost@attacker.example looks like what it is not.
  if (username || password) return 'must not name a user';
  if (foreignSchemes.test(protocol)) return 'must not have a scheme that belongs to no client';
  return undefined;
}

/** Whether a client with these redirect URIs is a website, and not an app on a device. */
export function isWebsite(uris: readonly string[]): boolean {
  return uris.every((uri) => new URL(uri).protocol === 'https:');
}

/** Where a redirect goes, as a person should see it. */
export interface Destination {
  /** A website, something that listens on the person's own device, or an app there. */
  kind: 'website' | 'loopback' | 'app';
  /** The host, or the scheme of the app. */
  name: string;
}

export function destinationOf(redirectUri: string): Destination {
  const { protocol, host, hostname } = new URL(redirectUri);
  if (!/^https?:$/.test(protocol)) return { kind: 'app', name: protocol };
  return { kind: loopback.test(hostname) ? 'loopback' : 'website', name: host };
}

/** RFC 6761 §6.3, RFC 1122 §3.2.1.3, RFC 4291 §2.5.3, as the URL parser writes them. */
const loopback = /^((.+\.)?localhost\.?|127(\.\d+){3}|0\.0\.0\.0|\[::(1|ffff:7f..:.+)?\])$/;
