// People with a real browser let MCP clients in, and see them out.
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumProgram } from '../support/chromium.js';
import type { DesktopClient } from '../support/desktop-client.js';
import { lastPage } from '../support/desktop-client.js';
import { use } from '../support/simulation-client.js';
import { letIn, press, type Site, startSite, type Visitor } from '../support/site.js';

describe.skipIf(chromiumProgram.path === undefined)('in Chromium', () => {
  let site: Site;
  let visitor: Visitor;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    site.upstream.user = { sub: 'ada', email: 'ada@example.com', email_verified: true };
    site.upstream.refusal = undefined;
    visitor = await site.open();
  });
  afterEach(() => visitor[Symbol.asyncDispose]());

  /** Has the client open a page, in a new tab. */
  const openFor = async (client: DesktopClient) => visitor.visit(await client.start());

  const expectConnected = async (client: DesktopClient, page: Page, subject = 'ada') =>
    expect(await letIn(client, page)).toBe(subject);

  it.each<[string, BrowserContextOptions]>([
    ['with JavaScript', {}],
    ['without JavaScript', { javaScriptEnabled: false }],
  ])('a client is let in, %s', async (_, options) => {
    visitor = await site.open(options);
    const client = await site.client('Desk Robot');
    const page = await openFor(client);
    expect(await page.title()).toBe('Allow Desk Robot access?');
    expect(await page.locator('body').ariaSnapshot()).toBe(
      consentPage({ endpoint: site.endpoint, host: new URL(client.redirectUrl).host }),
    );
    await press(page, 'Continue to Keycloak');
    await expectConnected(client, page);
    expect(visitor.complaints).toEqual([]);
    const origins = [site.url, site.upstream.issuer, new URL(client.redirectUrl).origin];
    expect([...visitor.origins].sort()).toEqual(origins.sort());
  });

  it('keys are enough, and show where they are', async () => {
    const client = await site.client();
    const page = await openFor(client);
    const focused = page.locator(':focus');
    const stops = [];
    for (let stop = 0; stop < 2; stop++) {
      await page.keyboard.press('Tab');
      stops.push(await focused.innerText());
      const outline = await page.evaluate(outlineOfFocus);
      expect(outline).toBe('solid');
    }
    expect(stops).toEqual(['Continue to Keycloak', 'Deny']);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await expectConnected(client, page);
  });

  it('who says no leaves without a login', async () => {
    const client = await site.client();
    const before = site.upstream.asked.authorize.length;
    const page = await openFor(client);
    await press(page, 'Deny');
    await page.waitForURL(`${client.redirectUrl}?*`);
    const answer = new URL(page.url()).searchParams;
    expect(answer.get('error')).toBe('access_denied');
    expect(answer.get('iss')).toBe(site.url);
    await expect(client.connected()).rejects.toThrow('The user said no');
    expect(site.upstream.asked.authorize.length).toBe(before);
  });

  it('two clients in two tabs are both let in', async () => {
    const [first, second] = [await site.client('First'), await site.client('Second')];
    const [one, two] = [await openFor(first), await openFor(second)];
    await press(one, 'Continue to Keycloak');
    await expectConnected(first, one);
    await press(two, 'Continue to Keycloak');
    await expectConnected(second, two);
  });

  it('who is logged in agrees to a second client by one click', async () => {
    const [first, second] = [await site.client('First'), await site.client('Second')];
    const page = await openFor(first);
    await press(page, 'Continue to Keycloak');
    await expectConnected(first, page);
    const before = site.upstream.asked.authorize.length;

    const other = await openFor(second);
    await other.getByText('ada@example.com').waitFor();
    await press(other, 'Allow');
    await expectConnected(second, other);
    expect(site.upstream.asked.authorize.length).toBe(before);
    // The same client again: there is nothing to be asked.
    await other.goto(String(second.person.visited[0]));
    expect(await other.getByRole('heading').innerText()).toBe(lastPage);
  });

  it('another account is a login of its own', async () => {
    const [first, second] = [await site.client('First'), await site.client('Second')];
    const page = await openFor(first);
    await press(page, 'Continue to Keycloak');
    await expectConnected(first, page);
    site.upstream.user = { sub: 'grace', email: 'grace@example.com' };
    const other = await openFor(second);
    await press(other, 'Use another account');
    await expectConnected(second, other, 'grace');
    expect(site.upstream.asked.authorize.at(-1)?.get('prompt')).toContain('login');
    expect((await first.person.callTool('whoami')).structuredContent).toMatchObject({
      subject: 'ada',
    });
  });

  it('a login that fails can be tried again, or given up', async () => {
    const [first, second] = [await site.client('First'), await site.client('Second')];
    for (const client of [first, second]) {
      site.upstream.refusal = 'access_denied';
      const page = await openFor(client);
      await press(page, 'Continue to Keycloak');
      await page.getByRole('heading', { name: 'The login did not work' }).waitFor();
      await page.getByText('The login was refused at the provider.').waitFor();
      site.upstream.refusal = undefined;
      if (client === first) {
        await page.getByRole('link', { name: 'Try again' }).click();
        await press(page, 'Continue to Keycloak');
        await expectConnected(client, page);
        await visitor.context.clearCookies();
      } else {
        await page.getByRole('link', { name: 'Go back to Second' }).click();
        await expect(client.connected()).rejects.toThrow('The login at the provider failed');
      }
    }
  });

  it('an app opens, and the page says what to do with it', async () => {
    const response = await fetch(`${site.url}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_name: 'Cursor', redirect_uris: ['cursor://mcp/callback'] }),
    });
    const { client_id: id } = (await response.json()) as { client_id: string };
    const address = new URL(`${site.url}/oauth/authorize`);
    address.search = new URLSearchParams({
      client_id: id,
      response_type: 'code',
      redirect_uri: 'cursor://mcp/callback',
      code_challenge: 'x'.repeat(43),
      code_challenge_method: 'S256',
    }).toString();
    const page = await visitor.visit(address.href);
    await page.getByText('cursor: (an app on this device)').waitFor();
    const end = page.waitForResponse((response) =>
      response.url().startsWith(`${site.url}/oauth/authorize/`),
    );
    await press(page, 'Continue to Keycloak');
    await page.getByText('You are on your way to Cursor.').waitFor();
    await page.getByText('close this page when the app has opened').waitFor();
    expect((await end).headers().location).toMatch(/^cursor:\/\/mcp\/callback\?code=/);
  });

  it('the connections page lists clients, and disconnects them', async () => {
    const [first, second] = [await site.client('First'), await site.client('Second')];
    site.upstream.user = { sub: 'hedy', email: 'hedy@example.com' };
    const page = await openFor(first);
    await press(page, 'Continue to Keycloak');
    await expectConnected(first, page, 'hedy');
    const other = await openFor(second);
    await press(other, 'Allow');
    await expectConnected(second, other, 'hedy');

    await page.goto(`${site.url}/oauth/connections`);
    await page.getByText('You are hedy@example.com.').waitFor();
    expect(await page.getByRole('listitem').count()).toBe(2);
    await press(page, 'Disconnect First');
    await expect.poll(() => page.getByRole('listitem').count()).toBe(1);
    const refused = await use(site.endpoint, first.person.tokens?.access_token ?? '');
    expect(refused).toMatchObject({ status: 401, message: 'The login has ended' });
    expect((await second.person.callTool('whoami')).isError).toBeFalsy();

    await press(page, 'Disconnect Second');
    await page.getByText('No client is connected.').waitFor();
    await press(page, 'Log out here');
    await press(page, 'Continue to Keycloak');
    await page.getByText('You are hedy@example.com.').waitFor();
    expect(visitor.complaints).toEqual([]);
  });
});

/** For the browser. */
const outlineOfFocus = 'getComputedStyle(document.activeElement).outlineStyle';

/** The consent page as those have it who hear it. */
function consentPage({ endpoint, host }: { endpoint: string; host: string }): string {
  return `- main:
  - heading "Allow Desk Robot access?" [level=1]
  - paragraph: "This client wants to work for you on an MCP server. It will be able to:"
  - list:
    - listitem:
      - text: Use the tools of this server
      - code: mcp:use
  - term: Client
  - definition:
    - strong: Desk Robot
    - text: It chose this name itself.
  - term: Server
  - definition:
    - strong: ${endpoint}
  - term: Returns to
  - definition:
    - strong: ${host} (this computer)
  - note:
    - paragraph:
      - strong: Allow this only if you have just started it yourself.
      - text: Access goes to whatever program waits at this address of your computer, and nobody can tell which one that is.
  - button "Continue to Keycloak"
  - button "Deny"
  - button "Use another account"
- contentinfo: This page belongs to the MCP server at ${endpoint}`;
}
