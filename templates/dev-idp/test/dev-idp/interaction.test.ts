import { describe, expect, it } from 'vitest';
import { CookieJar, logIn } from '../../dev/headless-login.js';
import { toUser } from '../../dev/user.js';
import { resource, useDevIdp } from '../support/dev-idp.js';

const idp = useDevIdp();

/** Logs in, and returns the pages that were shown on the way, each with its address. */
async function visit(clientId: string, cookies = new CookieJar()) {
  const pages: { url: string; response: Response }[] = [];
  const recording: typeof fetch = async (input, init) => {
    const response = await fetch(input, init);
    if (response.status === 200) pages.push({ url: String(input), response: response.clone() });
    return response;
  };
  await logIn({ authorizationUrl: idp.authorizationUrl(clientId), cookies, fetch: recording });
  return pages;
}

describe('the pages', () => {
  it('show the client name as text, and cannot be framed', async () => {
    const client = await idp.newClient({ client_name: '<script>alert(1)</script>' });
    const pages = await visit(client);
    const html = await Promise.all(pages.map(({ response }) => response.text()));
    const [login, consent, onward] = html;
    expect(login).toContain('<label for="name">');
    expect(consent).toContain('&#60;script&#62;');
    expect(consent).toContain('127.0.0.1:9 (this computer)');
    expect(consent).toContain(`<bdi>${resource}</bdi>`);
    expect(onward).toContain('<strong><bdi>&#60;script&#62;');
    expect(html.join('')).not.toContain('<script');
    for (const { response } of pages) {
      expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(response.headers.get('cache-control')).toBe('no-store');
    }
  });

  it.each([
    ['origin', 'http://localhost:8080'],
    ['sec-fetch-site', 'cross-site'],
  ])('take no form whose %s is %s', async (name, value) => {
    const client = await idp.newClient();
    const hostile: typeof fetch = (input, init) =>
      fetch(input, { ...init, headers: { ...(init?.headers as object), [name]: value } });
    const login = logIn({ authorizationUrl: idp.authorizationUrl(client), fetch: hostile });
    await expect(login).rejects.toThrow(/answered 403: .* Another site sent this form/);
  });

  it('take no form without end, and say so', async () => {
    const login = idp.authorize(await idp.newClient(), {}, 'a'.repeat(20_000));
    await expect(login).rejects.toThrow(/answered 413: .* This form is too large/);
  });

  it('tell whoever opens the address what it is for', async () => {
    const response = await fetch(idp.issuer);
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(resource);
  });
});

describe('a person', () => {
  it.each([
    ['Ada  Lovelace ', /^ada-lovelace$/],
    ['JOSE', /^jose$/],
    ['李', /^user-[0-9a-f]{8}$/],
    ['日本 <script>', /^script-[0-9a-f]{8}$/],
  ])('called %s is the user %s', (name, id) => {
    expect(toUser(name)?.id).toMatch(id);
  });

  it('is nobody else', () => {
    const names = ['Jose', 'José', 'Jose.', '.Jose', 'Jo se', 'jo-se', 'script', '日本 <script>'];
    expect(new Set(names.map((name) => toUser(name)?.id)).size).toBe(names.length);
  });

  it('is asked again who will not say', async () => {
    const nameless = idp.authorize(await idp.newClient(), {}, ' ');
    await expect(nameless).rejects.toThrow('The login does not end');
  });

  it('who goes back after the login hears that it is finished', async () => {
    const cookies = new CookieJar();
    const [login] = await visit(await idp.newClient(), cookies);
    const back = logIn({ authorizationUrl: String(login?.url), cookies });
    await expect(back).rejects.toThrow('This login is finished already');
  });

  it('whose client is not known any more hears what to do', async () => {
    await expect(idp.authorize('forgotten')).rejects.toThrow(
      /not known here any more.* Remove the server from your MCP client and add it again/,
    );
  });
});
