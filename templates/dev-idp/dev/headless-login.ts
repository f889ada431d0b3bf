// Logs in at the development identity provider as a browser would: for tests and scripts.

export interface LoginOptions {
  /** Where the client sends the browser: the authorization endpoint with its parameters. */
  authorizationUrl: string | URL;
  /** Typed into the login form; becomes the user. */
  user?: string;
  decision?: 'allow' | 'deny';
  /** The cookies of the browser; default: none yet. */
  cookies?: CookieJar;
  fetch?: typeof globalThis.fetch;
}

/**
 * Goes through login and consent.
 * @returns where the browser is sent in the end: the client's redirect URI, with `code` or `error`
 * @throws Error with the text of the page, when the provider shows an error page
 */
export async function logIn({
  authorizationUrl,
  user = 'Test User',
  decision = 'allow',
  cookies = new CookieJar(),
  fetch = globalThis.fetch,
}: LoginOptions): Promise<URL> {
  const { origin } = new URL(authorizationUrl);

  const visit = async (url: URL, form?: Record<string, string>) => {
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: cookies.for(url), ...(form && { origin }) },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    cookies.store(response, url);
    return response;
  };

  let url = new URL(authorizationUrl);
  let response = await visit(url);
  for (let step = 0; step < 12; step++) {
    const page = await response.text();
    const location = response.headers.get('location') ?? refreshOf(page);
    if (location !== undefined) {
      url = new URL(location, url);
      if (url.origin !== origin) return url;
      response = await visit(url);
      continue;
    }
    if (page.includes('name="name"')) response = await visit(url, { name: user });
    else if (page.includes('name="decision"')) response = await visit(url, { decision });
    else throw new Error(`${url.pathname} answered ${response.status}: ${toText(page)}`);
  }
  throw new Error('The login does not end');
}

/** Enough of RFC 6265 for one host: a cookie goes to the paths below its own. */
export class CookieJar {
  private readonly cookies = new Map<string, { path: string; pair: string }>();

  store(response: Response, url: URL): void {
    for (const header of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = header.split(/; */);
      const path = attributes.find((attribute) => /^path=/i.test(attribute))?.slice(5);
      const stored = { path: path ?? url.pathname, pair };
      this.cookies.set(`${stored.path} ${pair.split('=')[0]}`, stored);
    }
  }

  for(url: URL): string {
    const matching = [...this.cookies.values()].filter(({ path }) => url.pathname.startsWith(path));
    return matching.map(({ pair }) => pair).join('; ');
  }
}

/** Where a page sends the browser on, if it does. */
function refreshOf(page: string): string | undefined {
  const address = /<meta http-equiv="refresh" content="0;url=([^"]*)">/.exec(page)?.[1];
  return address?.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(code));
}

function toText(page: string): string {
  const body = page.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]+>/g, ' ');
  return body.replace(/\s+/g, ' ').trim();
}
