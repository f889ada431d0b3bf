// What people see: nobody can frame it, it loads and runs nothing, and it leads nowhere that a
// stranger chose.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Visited } from './support/browser.js';
import { McpClient, redirectUri } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();
const strange = '<script>alert(1)</script><img src=x onerror=alert(2)>"\'&';
let client: McpClient;

beforeEach(async () => {
  client = await McpClient.register(world.server, {
    client_name: strange,
    client_uri: 'https://attacker.example/client',
    logo_uri: 'https://attacker.example/logo',
    policy_uri: 'https://attacker.example/policy',
    tos_uri: 'https://attacker.example/terms',
  });
});

/** Every page that there is, by what it is. */
async function everyPage(): Promise<Record<string, Visited>> {
  const { server, upstream, browser } = world;
  const at = (path: string) => browser.visit(`${server.url}${path}`);
  const question = await browser.visit(client.authorizationUrl({ scope: 'mcp:use mcp:admin' }));
  const refused = await browser.press(question, 'allow', { fields: { form_token: '' } });
  upstream.refusal = 'access_denied';
  const failed = await browser.press(question, 'allow');
  upstream.refusal = undefined;
  const signedOut = await at('/oauth/connections');
  await client.connect(browser);
  const asked = await browser.visit(client.authorizationUrl({ prompt: 'consent' }));
  await browser.press(asked, 'allow');
  return {
    question,
    refused,
    failed,
    signedOut,
    asked,
    // Where people only pass through.
    onTheWayThere: browser.visited.find(({ html }) => html.includes('One moment')) as Visited,
    onTheWayBack: browser.visited.findLast(({ html }) => html.includes('One moment')) as Visited,
    connections: await at('/oauth/connections'),
    elsewhere: await at('/oauth/callback?state=x'),
    nowhere: await at('/oauth/interaction/x'),
    expired: await at('/oauth/authorize/x'),
    wrongClient: await browser.visit(client.authorizationUrl({ client_id: 'x' })),
    wrongRedirect: await browser.visit(client.authorizationUrl({ redirect_uri: 'https://x.y/' })),
    signedOutAgain: await browser.press(await at('/oauth/connections'), 'log-out'),
  };
}

it('every page says what browsers may do with it: nothing but send its forms home', async () => {
  for (const [name, { headers, html }] of Object.entries(await everyPage())) {
    expect([name, html]).toEqual([
      name,
      expect.stringMatching(/^<!doctype html>\n<html lang="en">/),
    ]);
    const said = Object.fromEntries(headers);
    expect({ name, ...said }).toMatchObject({
      name,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': expect.stringMatching(
        /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'$/,
      ),
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect([name, said['access-control-allow-origin']]).toEqual([name, undefined]);
  }
});

it('every page is plain, and leads to this server or, on the way there, to the provider', async () => {
  const { server, upstream } = world;
  for (const [name, { html, url }] of Object.entries(await everyPage())) {
    const tags = html.match(/<[^>]*>/g)?.join('') ?? '';
    const active = /<(script|img|link|iframe|object|embed|svg|base)|\son\w+=|\sstyle=/i;
    expect([name, active.exec(tags)?.[0]]).toEqual([name, undefined]);
    expect([name, /url\(|@import/.test(html)]).toEqual([name, false]);
    const addresses = html.matchAll(
      /(?:href|src|action|formaction)="([^"]*)"|content="0;url=([^"]*)"/g,
    );
    for (const [, address, meta] of addresses) {
      const plain = (address || meta || '').replace(/&#(\d+);/g, (_, code) =>
        String.fromCharCode(Number(code)),
      );
      const { origin } = new URL(plain, url);
      const allowed = name === 'onTheWayThere' ? [upstream.issuer] : [server.url];
      expect([name, allowed.includes(origin), origin]).toEqual([name, true, origin]);
    }
    expect([name, html.includes('attacker.example')]).toEqual([name, false]);
  }
});

it('what strangers say is text', async () => {
  const pages = await everyPage();
  const shown = '&#60;script&#62;alert(1)&#60;/script&#62;';
  for (const name of ['question', 'asked', 'connections'] as const) {
    expect([name, pages[name]?.html]).toEqual([name, expect.stringContaining(shown)]);
  }
  const { server, browser } = world;
  for (const parameter of ['scope', 'state', 'prompt', 'response_type', 'error', 'client_id']) {
    for (const path of ['authorize', 'callback', 'connections', 'interaction/x']) {
      const url = new URL(`${server.url}/oauth/${path}`);
      url.search = String(new URLSearchParams({ client_id: client.id, [parameter]: strange }));
      const { html } = await browser.visit(url);
      expect([parameter, path, html.includes('<img')]).toEqual([parameter, path, false]);
    }
  }
});

describe('a name', () => {
  const headingFor = async (name: string) => {
    const { server, browser } = world;
    const other = await McpClient.register(server, { client_name: name });
    const { html } = await browser.visit(other.authorizationUrl());
    return /<h1>(.*)<\/h1>/s.exec(html)?.[1];
  };

  it.each([
    ['that turns text around', 'a\u202eelgoog\u202c', 'Allow a elgoog access?'],
    ['of invisible characters', '\u200b\u2060\u00ad', 'Allow A client without a name access?'],
    ['of blank letters', '\u3164\u115f', 'Allow A client without a name access?'],
    ['with piles of marks', `e${'\u0323'.repeat(40)}!`, 'Allow e\u0323\u0323\u0323! access?'],
    ['of several lines', 'one\n\n\ttwo', 'Allow one two access?'],
    ['that would fill the page', 'x'.repeat(500), `Allow ${'x'.repeat(60)}… access?`],
  ])('%s is cleaned', async (_, name, heading) => {
    expect(await headingFor(name)).toBe(heading);
  });
});

it('a page that oidc-provider makes by itself cannot be framed either', async () => {
  const { browser } = world;
  const parameters = { response_mode: 'form_post', redirect_uri: redirectUri };
  const page = await browser.visit(client.authorizationUrl({ ...parameters, prompt: 'none' }));
  expect(page.html).toContain('Submitting Callback');
  expect(Object.fromEntries(page.headers)).toMatchObject({
    'content-security-policy': expect.stringContaining("frame-ancestors 'none'"),
    'x-frame-options': 'DENY',
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
});
