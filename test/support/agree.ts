// A person who logs in anywhere: types a name and a password where they are asked for, and agrees.
import type { Browser, Visited } from '../../templates/oauth-proxy/test/support/browser.js';

/** What is typed into fields, by their names. */
const typed: Record<string, string> = {
  name: 'ada',
  login: 'ada',
  email: 'ada@example.com',
  password: 'correct horse battery staple',
};

/**
 * Opens the address, and answers every page with a form.
 * @returns where it ends
 */
export async function agreeToAll(browser: Browser, address: string | URL): Promise<Visited> {
  let page = await browser.visit(address);
  for (let forms = 0; page.html.includes('<form'); forms++) {
    if (forms === 10) throw new Error(`This never ends: ${page.url}`);
    page = await answer(browser, page);
  }
  return page;
}

/** The consent pages of this repository have a button for each decision; other forms have one. */
function answer(browser: Browser, page: Visited): Promise<Visited> {
  if (page.html.includes('name="decision"')) return browser.press(page, 'allow');
  const [form = ''] = /<form[\s\S]*?<\/form>/.exec(page.html) ?? [];
  const names = [...form.matchAll(/<input[^>]* name="([^"]*)"/g)].map(([, name = '']) => name);
  const fields = names.flatMap((name) => (typed[name] ? [[name, typed[name]]] : []));
  const [, value = ''] = / value="([^"]*)"/.exec(form) ?? [];
  return browser.press(page, value, {
    fields: { decision: undefined, ...Object.fromEntries(fields) },
  });
}
