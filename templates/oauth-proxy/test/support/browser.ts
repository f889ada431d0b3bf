// A browser without JavaScript: follows redirects and pages that lead on, keeps cookies, and sends
// the forms that it is told to.

export interface Visited {
  url: URL;
  status: number;
  headers: Headers;
  /** The page's HTML; empty where the browser was sent to another site, or stopped. */
  html: string;
}

/** What the browser reaches others by; a `TestServer` is one. */
export interface Network {
  fetch: typeof fetch;
  reaches(url: URL): boolean;
}

interface Cookie {
  path: string;
  host: string;
  name: string;
  value: string;
}

interface PressOptions {
  /** Text that only the right form has, where the page has several. */
  about?: string;
  /** What is typed in, or tampered with; undefined leaves a field out. */
  fields?: Record<string, string | undefined>;
  headers?: Record<string, string>;
}

export class Browser {
  /** Everything on the way so far, redirects too. */
  readonly visited: Visited[] = [];
  cookies: Cookie[] = [];
  /** Sent with every request. */
  headers: Record<string, string> = {};
  /** Addresses at which it stops, without loading them, besides those of sites that nobody runs. */
  stopsAt: (url: URL) => boolean = () => false;

  constructor(readonly server: Network) {}

  /** Goes to `url` and on, until there is a page to look at, or a site that nobody runs here. */
  visit(url: string | URL): Promise<Visited> {
    return this.go(new URL(url));
  }

  /** Presses a button of a form on the page. */
  press(
    { url, html }: Visited,
    decision: string,
    { about = '', fields = {}, headers = {} }: PressOptions = {},
  ): Promise<Visited> {
    const form = [...html.matchAll(/<form[\s\S]*?<\/form>/g)]
      .map(String)
      .find((found) => found.includes(`value="${decision}"`) && found.includes(about));
    if (form === undefined) throw new Error(`There is no such button on this page: ${html}`);
    const body = new URLSearchParams();
    for (const [, name = '', value = ''] of form.matchAll(hiddenField)) {
      body.set(name, toText(value));
    }
    for (const [name, value] of Object.entries({ decision, ...fields })) {
      if (value === undefined) body.delete(name);
      else body.set(name, value);
    }
    const action = /<form[^>]* action="([^"]+)"/.exec(form)?.[1];
    return this.go(new URL(action ?? url, url), { body, headers });
  }

  /** The cookies that go to `url`, in the order of RFC 6265 §5.4. */
  cookiesFor(url: URL): string {
    return this.cookies
      .filter(({ path, host }) => url.host === host && url.pathname.startsWith(path))
      .sort((a, b) => b.path.length - a.path.length)
      .map(({ name, value }) => `${name}=${value}`)
      .join('; ');
  }

  /** Every `Set-Cookie` so far. */
  get cookiesSet(): string[] {
    return this.visited.flatMap(({ headers }) => headers.getSetCookie());
  }

  private async go(
    start: URL,
    form?: { body: URLSearchParams; headers: Record<string, string> },
  ): Promise<Visited> {
    let url = start;
    let sent = form;
    for (let step = 0; step < 20; step++) {
      const { visited, next } = await this.load(url, sent);
      sent = undefined;
      if (next === undefined) return visited;
      url = next;
      if (!this.server.reaches(url) || this.stopsAt(url)) return { ...visited, url, html: '' };
    }
    throw new Error(`This never ends: ${url}`);
  }

  private async load(url: URL, sent?: { body: URLSearchParams; headers: Record<string, string> }) {
    const cookie = this.cookiesFor(url);
    const response = await this.server.fetch(url, {
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        ...this.headers,
        ...(cookie && { cookie }),
        ...(sent && { origin: url.origin, 'sec-fetch-site': 'same-origin' }),
        ...sent?.headers,
      },
      ...(sent && { method: 'POST', body: sent.body }),
    });
    this.keep(response, url);
    const { status, headers } = response;
    const visited = { url, status, headers, html: await response.text() };
    this.visited.push(visited);
    const meta = /http-equiv="refresh" content="0;url=([^"]*)"/.exec(visited.html)?.[1];
    const next = headers.get('location') ?? (meta && toText(meta));
    return { visited, next: next ? new URL(next, url) : undefined };
  }

  private keep(response: Response, { host, pathname }: URL): void {
    for (const header of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = header.split(/; */);
      const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? pathname;
      const [name = '', value = ''] = pair.split('=');
      this.cookies = this.cookies.filter(
        (known) => known.host !== host || known.path !== path || known.name !== name,
      );
      const isGone = /expires=Thu, 01 Jan 1970/i.test(header);
      if (!isGone) this.cookies.push({ host, path, name, value });
    }
  }
}

const hiddenField = /<input type="hidden" name="([^"]*)" value="([^"]*)"/g;

/** Undoes what pages do to text. */
function toText(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
