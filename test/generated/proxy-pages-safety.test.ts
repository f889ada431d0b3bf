// What other sites, other windows and other programs can do with the pages of a login: nothing.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { execa } from 'execa';
import { decodeJwt } from 'jose';
import type { Page, Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startBalancer } from '../support/balancer.js';
import { chromiumProgram } from '../support/chromium.js';
import { letIn, press, type Site, startSite, type Visitor } from '../support/site.js';

describe.skipIf(chromiumProgram.path === undefined)('in Chromium', () => {
  let site: Site;
  let visitor: Visitor;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site?.[Symbol.asyncDispose]());
  beforeEach(async () => {
    visitor = await site.open();
  });
  afterEach(() => visitor[Symbol.asyncDispose]());

  /** Logs in, with a client; its page stays open. */
  async function logIn(): Promise<Page> {
    const client = await site.client('First');
    const page = await visitor.visit(await client.start());
    await press(page, 'Continue to Keycloak');
    await letIn(client, page);
    return page;
  }

  describe('a page of somebody else', () => {
    it('cannot show any of ours in a frame', async () => {
      await logIn();
      const address = await (await site.client('Second')).start();
      const question = (await visitor.visit(address)).url();
      const ours = ['/oauth/connections', '/oauth/callback?state=x', '/oauth/authorize'];
      const addresses = [address, question, ...ours.map((path) => site.url + path)];
      const frames = addresses.map(
        (src) => `<iframe src="${src.replaceAll('&', '&amp;')}"></iframe>`,
      );
      await using attacker = await serve(frames.join(''));
      const page = await visitor.visit(attacker.url);
      // A frame is refused when its answer is here, which may be after the page around it.
      const shown = () =>
        page
          .frames()
          .slice(1)
          .map((frame) => frame.url());
      await expect
        .poll(shown, { timeout: 10_000 })
        .toEqual(addresses.map(() => 'chrome-error://chromewebdata/'));
      for (const address of addresses) {
        const refusal = expect.stringMatching(/frame-ancestors|X-Frame-Options/);
        expect(visitor.complaints, address).toContainEqual(refusal);
      }
    });

    it('cannot press a button on one of ours', async () => {
      await logIn();
      const question = await visitor.visit(await (await site.client('Second')).start());
      for (const [target, decision] of [
        [`${site.url}/oauth/connections`, 'log-out'],
        [question.url(), 'allow'],
      ]) {
        await using attacker = await serve(`<form method="post" action="${target}">
          <input name="decision" value="${decision}"></form><script>document.forms[0].submit()</script>`);
        const page = await visitor.context.newPage();
        const answer = page.waitForResponse((response) => response.url() === target);
        await page.goto(attacker.url);
        expect((await answer).status()).toBeGreaterThanOrEqual(400);
        await page.getByRole('heading', { name: 'This did not work' }).waitFor();
      }
      const connections = await visitor.visit(`${site.url}/oauth/connections`);
      await connections.getByText('You are ada@example.com.').waitFor();
      expect(await connections.getByText('Second').count()).toBe(0);
    });
  });

  it('the second click of a double-click, begun on a window above ours, presses nothing', async () => {
    await logIn();
    const client = await site.client('Second');
    const page = await visitor.visit(await client.start());
    await page.evaluate(`document.addEventListener('click', (event) => {
      event.preventDefault();
      document.body.dataset.clicked = event.target.localName;
    })`);
    const allow = page.getByRole('button', { name: 'Allow', exact: true });
    const { x, y, width, height } = (await allow.boundingBox()) ?? expect.fail('no button');
    // The mouse has not been here: that other window was in between, and has closed itself.
    const devtools = await visitor.context.newCDPSession(page);
    const click = { x: x + width / 2, y: y + height / 2, button: 'left', clickCount: 1 } as const;
    for (const type of ['mouseMoved', 'mousePressed', 'mouseReleased'] as const) {
      await devtools.send('Input.dispatchMouseEvent', { type, ...click });
    }
    const clicked = () => page.evaluate('document.body.dataset.clicked');
    expect(await clicked()).toBe('form');
    await press(page, 'Allow');
    expect(await clicked()).toBe('button');
  });

  it('no script runs, nothing is loaded, and a name is nothing but text', async () => {
    await using elsewhere = await serve('');
    const name = "<img src=x onerror=document.title='owned'>";
    const page = await visitor.visit(await (await site.client(name)).start());
    await page.getByRole('heading', { name }).waitFor();
    const violated = await page.evaluate(`new Promise((resolve) => {
      const violated = [];
      document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => {
        if (violated.push(effectiveDirective) === 5) resolve(violated.sort());
      });
      const add = (tag, properties) =>
        document.body.append(Object.assign(document.createElement(tag), properties));
      add('script', { textContent: 'document.title = "owned"' });
      add('script', { src: '${elsewhere.url}script.js' });
      add('img', { src: '${elsewhere.url}image.png' });
      add('style', { textContent: 'body { display: none }' });
      add('iframe', { src: '${elsewhere.url}' });
    })`);
    expect(violated).toEqual([
      'frame-src',
      'img-src',
      'script-src-elem',
      'script-src-elem',
      'style-src-elem',
    ]);
    expect(await page.title()).not.toBe('owned');
    expect(elsewhere.asked).toEqual([]);
  });

  it('no other site learns where the browser has been', async () => {
    const requests: Request[] = [];
    visitor.context.on('request', (request) => requests.push(request));
    await logIn();
    const elsewhere = requests.filter((request) => !request.url().startsWith(site.url));
    expect(elsewhere.length).toBe(2);
    for (const request of elsewhere) {
      expect(await request.allHeaders()).not.toHaveProperty('referer');
    }
  });

  it('cookies are for this server only, and out of reach of scripts', async () => {
    const page = await logIn();
    await page.goto(`${site.url}/oauth/connections`);
    const cookies = await visitor.context.cookies(site.url);
    expect(cookies.map(({ name }) => name).sort()).toEqual(['mcp-browser', 'mcp-session']);
    for (const cookie of cookies) {
      expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/', expires: -1 });
    }
    expect(await page.evaluate('document.cookie')).toBe('');
  });
});

describe.skipIf(chromiumProgram.path === undefined)('behind a proxy that speaks https', () => {
  it('cookies are secure, and bound to the host', async () => {
    await using balancer = await startBalancer(await createCertificate('mcp.example.com'));
    const hosts = { 'mcp.example.com:443': Number(new URL(balancer.url).port) };
    await using site = await startSite({ PUBLIC_URL: 'https://mcp.example.com' }, hosts);
    const { port } = new URL(site.server.url);
    balancer.ports.push(Number(port));
    await using visitor = await site.open({ ignoreHTTPSErrors: true });
    await using client = await serve('Welcome');
    const register = await fetch(`http://localhost:${port}/oauth/register`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: [client.url] }),
    });
    const { client_id: id } = (await register.json()) as { client_id: string };
    const verifier = 'v'.repeat(43);
    const address = new URL('https://mcp.example.com/oauth/authorize');
    address.search = String(
      new URLSearchParams({
        client_id: id,
        response_type: 'code',
        redirect_uri: client.url,
        code_challenge: await challengeFor(verifier),
        code_challenge_method: 'S256',
      }),
    );
    const page = await visitor.visit(address.href);
    const asked = await visitor.context.cookies(page.url());
    await press(page, 'Continue to Keycloak');
    await page.getByText('Welcome').waitFor();
    const known = await visitor.context.cookies(address.href);

    for (const { name, secure, httpOnly, sameSite } of [...asked, ...known]) {
      expect([name, secure, httpOnly, sameSite]).toEqual([
        expect.stringMatching(/^__(Host|Secure)-/),
        true,
        true,
        'Lax',
      ]);
    }
    expect(known.map(({ name }) => name)).toContain('__Host-mcp-session');
    const token = await fetch(`http://localhost:${port}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        client_id: id,
        code: new URL(page.url()).searchParams.get('code') ?? '',
        redirect_uri: client.url,
        code_verifier: verifier,
      }),
    });
    const { access_token: accessToken } = (await token.json()) as { access_token: string };
    expect(decodeJwt(accessToken)).toMatchObject({
      iss: 'https://mcp.example.com',
      aud: 'https://mcp.example.com/mcp',
      sub: 'ada',
    });
  });
});

/** A site of its own, with one page at every address. */
async function serve(html: string): Promise<AsyncDisposable & { url: string; asked: unknown[] }> {
  const asked: unknown[] = [];
  const server = createServer(({ url }, response) => {
    asked.push(url);
    response.setHeader('content-type', 'text/html').end(`<!doctype html><body>${html}`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** One that nobody has signed but itself. */
async function createCertificate(host: string) {
  const { stdout } = await execa('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-subj', `/CN=${host}`, '-days', '2', '-keyout', '-', '-out', '-'],
  ]);
  return { key: stdout, cert: stdout };
}

async function challengeFor(verifier: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return Buffer.from(digest).toString('base64url');
}
