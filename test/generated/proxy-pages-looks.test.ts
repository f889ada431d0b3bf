// Every page of a login, as it looks and as it can be used: bright and dark, on a desk and on a
// phone. The screenshots are in test-results/pages.
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumProgram } from '../support/chromium.js';
import { pageFaults } from '../support/page-faults.js';
import { repository } from '../support/project.js';
import { press, type Site, startSite, type Visitor } from '../support/site.js';

const folder = join(repository, 'test-results', 'pages');

const devices = [
  { name: 'desktop', width: 1280, height: 800 },
  { name: 'phone', width: 375, height: 667 },
  // As narrow as pages have to bear it (WCAG 2.2, 1.4.10).
  { name: 'narrow', width: 320, height: 568 },
];

describe.skipIf(chromiumProgram.path === undefined)('in Chromium', () => {
  let site: Site;
  let visitor: Visitor;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    site.upstream.refusal = undefined;
    visitor = await site.open({ deviceScaleFactor: 2 });
  });
  afterEach(() => visitor[Symbol.asyncDispose]());

  /** Looks at a page in all ways, and keeps what there is to be seen. */
  async function look(page: Page, name: string): Promise<void> {
    for (const { name: device, ...viewport } of devices) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const path = join(folder, `${name}-${device}-${colorScheme}.png`);
        await page.screenshot({ path, fullPage: true });
        expect(await page.evaluate(pageFaults), `${device}, ${colorScheme}`).toEqual([]);
      }
    }
  }

  /** The address that a client sends browsers to. */
  async function question(name: string, redirectUri: string, scope = 'mcp:use'): Promise<string> {
    const response = await fetch(`${site.url}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_name: name, redirect_uris: [redirectUri] }),
    });
    const { client_id: id } = (await response.json()) as { client_id: string };
    const url = new URL(`${site.url}/oauth/authorize`);
    url.search = String(
      new URLSearchParams({
        client_id: id,
        response_type: 'code',
        redirect_uri: redirectUri,
        scope,
        code_challenge: 'x'.repeat(43),
        code_challenge_method: 'S256',
      }),
    );
    return url.href;
  }

  const fromComputer = () => question('Desk Robot', 'http://127.0.0.1:43210/', 'mcp:use mcp:admin');
  const fromApp = () => question('Cursor', 'cursor://anysphere.cursor-mcp/oauth/callback');
  const fromWebsite = () => question('Claude', 'https://claude.ai/api/mcp/auth_callback');

  /** Logs the visitor in, without any client. */
  async function logIn(sub: string): Promise<Page> {
    site.upstream.user = { sub, email: 'ada.lovelace@example.com' };
    const page = await visitor.visit(`${site.url}/oauth/connections`);
    await press(page, 'Continue to Keycloak');
    await page.getByText('You are ada.lovelace@example.com.').waitFor();
    return page;
  }

  it('this file finds what is wrong with a page', async () => {
    const page = await visitor.context.newPage();
    await page.setContent(`<h3>Too deep</h3><button style="width:9px;height:9px"></button>
      <p style="color:#888;background:#eee;font-size:10px">Hard to read</p><div style="width:2000px">Wide</div>`);
    expect(await page.evaluate(pageFaults)).toEqual([
      'It does not say its language',
      'It has no title',
      'It has not one main heading',
      'Its headings skip a level: 3',
      expect.stringContaining('It scrolls sideways'),
      expect.stringContaining('This has no name: <button'),
      expect.stringContaining('This is too small'),
      'A contrast of 3.1: Hard to read',
      'This is written too small: Hard to read',
    ]);
  });

  describe('the question', () => {
    it.each([
      ['question-computer', fromComputer],
      ['question-app', fromApp],
      ['question-website', fromWebsite],
    ])('%s', async (name, ask) => {
      await look(await visitor.visit(await ask()), name);
    });

    it('with names that hardly fit', async () => {
      const name = 'The client with so long a name that no page has a line for it';
      const host = `${'a-very-long-name-of-a-host-'.repeat(2)}x.${'and-more'.repeat(4)}.example.com`;
      const scopes = 'mcp:use mcp:admin openid';
      const page = await visitor.visit(await question(name, `https://${host}/callback`, scopes));
      await look(page, 'question-long');
    });

    it('for somebody who is logged in', async () => {
      await logIn('with a question');
      await look(await visitor.visit(await fromComputer()), 'question-known');
    });
  });

  describe('the way', () => {
    it('to the provider', async () => {
      await visitor.context.route(`${site.upstream.issuer}/**`, (route) => route.abort('aborted'));
      const page = await visitor.visit(await fromWebsite());
      await press(page, 'Continue to Keycloak');
      await page.getByRole('heading', { name: 'One moment' }).waitFor();
      await look(page, 'leading-on');
    });

    it('to an app', async () => {
      const page = await visitor.visit(await fromApp());
      await press(page, 'Continue to Keycloak');
      await page.getByText('close this page').waitFor();
      await look(page, 'leading-to-app');
    });
  });

  describe('what does not work', () => {
    it('is a login at the provider', async () => {
      site.upstream.refusal = 'access_denied';
      const page = await visitor.visit(await fromWebsite());
      await press(page, 'Continue to Keycloak');
      await page.getByRole('heading', { name: 'The login did not work' }).waitFor();
      await look(page, 'login-failed');
    });

    it.each([
      ['login-gone', '/oauth/interaction/gone'],
      ['client-unknown', '/oauth/authorize?client_id=nobody&response_type=code'],
    ])('is %s', async (name, path) => {
      await look(await visitor.visit(site.url + path), name);
    });
  });

  describe('the connections', () => {
    it('of nobody', async () => {
      await look(await visitor.visit(`${site.url}/oauth/connections`), 'connections-nobody');
    });

    it('of somebody without any', async () => {
      await look(await logIn('without clients'), 'connections-none');
    });

    it('of somebody with two', async () => {
      await logIn('with clients');
      for (const ask of [fromApp, fromComputer]) {
        // A tab for each: one that asks whether to open an app takes no clicks.
        const page = await visitor.visit(await ask());
        const answered = page.waitForResponse((response) =>
          response.url().includes('/oauth/authorize/'),
        );
        await press(page, 'Allow');
        await answered;
      }
      const connections = await visitor.visit(`${site.url}/oauth/connections`);
      await connections.getByRole('button', { name: 'Disconnect Cursor' }).waitFor();
      await look(connections, 'connections');
    });
  });
});
