// A server in proxy mode whose pages are looked at in a real browser.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fs from 'fs-extra';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import {
  startUpstream,
  type TestUpstream,
} from '../../templates/oauth-proxy/test/support/upstream.js';
import { launchChromium } from './chromium.js';
import { type DesktopClient, lastPage, startDesktopClient } from './desktop-client.js';
import { boot, freePort, type Running } from './project.js';
import { createProxyProject, settingsFor } from './proxy.js';

export interface Site extends AsyncDisposable {
  /** PUBLIC_URL; the provider and the clients are at other sites, as browsers see it. */
  url: string;
  /** The MCP endpoint. */
  endpoint: string;
  upstream: TestUpstream;
  server: Running;
  browser: Browser;
  /** A browser without history, at an address of its own. */
  open(options?: BrowserContextOptions): Promise<Visitor>;
  client(name?: string): Promise<DesktopClient>;
}

export interface Visitor extends AsyncDisposable {
  context: BrowserContext;
  /** Opens a new tab. */
  visit(address: string): Promise<Page>;
  /** What the browser complains about: scripts, the content security policy, what is not there. */
  complaints: string[];
  /** The origins that it has asked for something. */
  origins: Set<string>;
}

/**
 * @param host of PUBLIC_URL; by default another than the provider's and the clients', `localhost`
 * @param hosts see {@link launchChromium}
 */
export async function startSite(settings = {}, hosts = {}): Promise<Site> {
  const project = await createProxyProject();
  const folder = await fs.mkdtemp(join(tmpdir(), 'site-'));
  const upstream = await startUpstream();
  const PORT = String(await freePort());
  const url = `http://127.0.0.1:${PORT}`;
  const environment = {
    ...settingsFor(upstream, `file:${join(folder, 'auth.db')}`),
    PORT,
    PUBLIC_URL: url,
    // Visitors have addresses of their own, so that nobody is one too many.
    TRUSTED_PROXIES: '1',
    ...settings,
  };
  const [server, browser] = await Promise.all([boot(project, environment), launchChromium(hosts)]);
  const disposables: AsyncDisposable[] = [];
  const kept = <T extends AsyncDisposable>(disposable: T): T => {
    disposables.push(disposable);
    return disposable;
  };
  let visitors = 0;

  return {
    url: environment.PUBLIC_URL,
    endpoint: `${environment.PUBLIC_URL}/mcp`,
    upstream,
    server,
    browser,
    async open(options = {}) {
      const extraHTTPHeaders = { 'x-forwarded-for': `10.0.0.${++visitors}` };
      return kept(watch(await browser.newContext({ ...options, extraHTTPHeaders })));
    },
    client: async (name = 'Desk Robot') =>
      kept(await startDesktopClient(`${environment.PUBLIC_URL}/mcp`, name)),
    async [Symbol.asyncDispose]() {
      for (const disposable of disposables) await disposable[Symbol.asyncDispose]();
      await browser.close();
      await server[Symbol.asyncDispose]();
      await upstream.close();
      await fs.remove(folder);
      await project[Symbol.asyncDispose]();
    },
  };
}

/** Presses a button on the page. */
export async function press(page: Page, name: string): Promise<void> {
  // The buttons of a page wait until the mouse is there.
  await page.locator('main').hover();
  await page.getByRole('button', { name, exact: true }).click();
}

/** Waits until the client is in. @returns who it says that it works for */
export async function letIn(client: DesktopClient, page: Page): Promise<unknown> {
  await page.getByRole('heading', { name: lastPage }).waitFor();
  await client.connected();
  const { structuredContent } = await client.person.callTool('whoami');
  return (structuredContent as { subject?: unknown }).subject;
}

function watch(context: BrowserContext): Visitor {
  const complaints: string[] = [];
  const origins = new Set<string>();
  context.setDefaultTimeout(10_000);
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()))
      complaints.push(`${message.location().url}: ${message.text()}`);
  });
  context.on('weberror', (problem) => complaints.push(problem.error().message));
  context.on('request', (request) => origins.add(new URL(request.url()).origin));
  return {
    context,
    async visit(address) {
      const page = await context.newPage();
      await page.goto(address);
      return page;
    },
    complaints,
    origins,
    [Symbol.asyncDispose]: () => context.close(),
  };
}
