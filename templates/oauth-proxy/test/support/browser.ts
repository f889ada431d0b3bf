// A browser without JavaScript: follows redirects and pages that lead on, keeps cookies, and sends
// the forms that it is told to.

export interface Visited {
  url: URL;
  status: number;
  headers: Headers;
  /** The page's HTML; empty where the browser was sent to another site. */
  html: string;
}

export class Browser {
  private readonly cookies = new Map<string, { path: string; host: string; pair: string }>();

  /**
   * Goes to `url` and on, until there is a page to look at.
   * @param stop at addresses that begin with this, which are not visited
   */
  async visit(url: string | URL, stop = 'http://127.0.0.1:9/'): Promise<Visited> {
    return this.go(new URL(url), undefined, stop);
  }

  /** Presses a button of the page's form. `fields` are typed in, or tampered with. */
  async press(
    { url, html }: Visited,
    decision: string,
    { fields = {}, headers = {}, stop = 'http://127.0.0.1:9/' }: PressOptions = {},
  ): Promise<Visited> {
    const hidden = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
    const filled = { ...Object.fromEntries(hidden.map(([, name, value]) => [name, value])) };
    const body = new URLSearchParams({ ...filled, decision, ...fields });
    return this.go(url, { body, headers }, stop);
  }

  /** The cookies that go to `url`, by name. */
  cookiesFor(url: URL): string {
    return [...this.cookies.values()]
      .filter(({ path, host }) => url.host === host && url.pathname.startsWith(path))
      .map(({ pair }) => pair)
      .join('; ');
  }

  private async go(
    start: URL,
    form: { body: URLSearchParams; headers: Record<string, string> } | undefined,
    stop: string,
  ): Promise<Visited> {
    let url = start;
    let sent = form;
    for (let step = 0; step < 20; step++) {
      const cookie = this.cookiesFor(url);
      const response = await fetch(url, {
        redirect: 'manual',
        headers: {
          ...(cookie && { cookie }),
          ...(sent && { origin: url.origin, 'sec-fetch-site': 'same-origin' }),
          ...sent?.headers,
        },
        ...(sent && { method: 'POST', body: sent.body }),
      });
      sent = undefined;
      this.keep(response, url);
      const html = await response.text();
      const meta = /http-equiv="refresh" content="0;url=([^"]*)"/.exec(html)?.[1];
      const next = response.headers.get('location') ?? (meta && toText(meta));
      const { status, headers } = response;
      if (!next) return { url, status, headers, html };
      url = new URL(next, url);
      if (url.href.startsWith(stop)) return { url, status, headers, html: '' };
    }
    throw new Error(`This never ends: ${url}`);
  }

  private keep(response: Response, { host, pathname }: URL): void {
    for (const header of response.headers.getSetCookie()) {
      const [pair = '', ...attributes] = header.split(/; */);
      const path = attributes.find((part) => /^path=/i.test(part))?.slice(5) ?? pathname;
      const key = `${host} ${path} ${pair.split('=')[0]}`;
      if (/expires=Thu, 01 Jan 1970/i.test(header)) this.cookies.delete(key);
      else this.cookies.set(key, { host, path, pair });
    }
  }
}

interface PressOptions {
  fields?: Record<string, string>;
  headers?: Record<string, string>;
  stop?: string;
}

/** Undoes what pages do to text. */
function toText(html: string): string {
  return html.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
}
