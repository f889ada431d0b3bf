import { describe, expect, it } from 'vitest';
import { identifyClient } from '../../dev/authorization-server/client-identity.js';
import { consentPage } from '../../dev/authorization-server/consent-page.js';
import { page, pageHeaders } from '../../dev/authorization-server/page.js';
import { destinationOf } from '../../dev/authorization-server/redirect-uris.js';

const request = {
  client: { name: 'Test' },
  resource: 'https://mcp.example/mcp',
  redirectUri: 'https://client.example/callback',
  scopes: [{ scope: 'mcp:use', description: 'Use the <tools>' }],
};
const form = { footer: 'Tests' };

describe('the consent page', () => {
  it.each([
    ['https://client.example/callback', 'client.example', false],
    ['http://localhost:43210/callback', 'localhost:43210 (this computer)', true],
    ['https://127.0.0.1/callback', '127.0.0.1 (this computer)', true],
    ['cursor://anysphere.cursor/mcp', 'cursor: (an app on this device)', true],
    ['com.example.app:/callback', 'com.example.app: (an app on this device)', true],
  ])('says where %s leads, and warns of what stays on the device', (redirectUri, place, warns) => {
    const text = consentPage({ ...request, redirectUri }, form);
    expect(text).toContain(`<bdi>${place}</bdi>`);
    expect(text.includes('Allow this only if you have just started it yourself.')).toBe(warns);
  });

  it('says what the client can prove, and what it only says', () => {
    expect(consentPage(request, form)).toContain('It chose this name itself.');
    const known = { ...request, client: { name: 'Test', host: 'client.example' } };
    expect(consentPage(known, form)).toMatch(/Identified by .*client\.example/);
    expect(consentPage(known, form)).not.toContain('It chose this name itself.');
  });

  it('says what is allowed in words, and for whom when that is known', () => {
    expect(consentPage(request, form)).toContain('Use the &#60;tools&#62; <code>mcp:use</code>');
    expect(consentPage(request, form)).not.toContain('Account');
    expect(consentPage({ ...request, user: 'Ada' }, form)).toContain('<bdi>Ada</bdi>');
  });

  it('can ask for other decisions, and carries hidden fields', () => {
    const others = [{ decision: 'other', text: 'Use another account' }];
    const hidden = { token: '"><script>' };
    const text = consentPage(request, { ...form, allow: 'Continue to Acme', others, hidden });
    expect(text).toContain('value="allow">Continue to Acme</button>');
    expect(text).toContain('value="other">Use another account</button>');
    expect(text).toContain('value="deny">Deny</button>');
    expect(text).toContain('<input type="hidden" name="token" value="&#34;&#62;&#60;script&#62;">');
  });
});

describe('the name of a client', () => {
  it.each([
    ['of its own', 'id', 'Test', { name: 'Test' }],
    ['that is missing', 'id', undefined, { name: 'A client without a name' }],
    ['with line breaks', 'id', ' Te\n\nst ', { name: 'Te st' }],
    ['that turns text around', 'id', 'exe\u202Etxt\u200B', { name: 'exe txt' }],
    ['that never ends', 'id', '😀'.repeat(100), { name: `${'😀'.repeat(60)}…` }],
    ['at an address', 'https://a.example/x', 'Test', { name: 'Test', host: 'a.example' }],
    ['at an address only', 'https://a.example/x', '', { name: 'a.example', host: 'a.example' }],
  ])('%s', (_what, clientId, name, shown) => {
    expect(identifyClient(clientId, name)).toEqual(shown);
  });
});

it.each([
  'http://localhost/',
  'https://localhost./',
  'http://app.localhost:1/',
  'http://127.1:80/',
  'http://2130706433/',
  'http://0/',
  'http://[::1]/',
  'http://[::]/',
  'http://[::ffff:127.0.0.1]/',
])('knows that %s is this computer', (uri) => {
  expect(destinationOf(uri).kind).toBe('loopback');
});

it.each(['https://localhost.example/', 'https://127.0.0.1.example/', 'https://mylocalhost/'])(
  'knows that %s is not',
  (uri) => {
    expect(destinationOf(uri).kind).toBe('website');
  },
);

describe('every page', () => {
  const html = page({ title: 'A & B', body: '', footer: '<i>' });

  it('is a document with a language, a title and a heading', () => {
    expect(html).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(html).toContain('<title>A &#38; B</title>');
    expect(html).toContain('<h1>A &#38; B</h1>');
    expect(html).toContain('&#60;i&#62;');
  });

  it('loads nothing, runs nothing, and is nobody else’s frame', () => {
    const { 'Content-Security-Policy': policy, ...headers } = pageHeaders;
    expect(policy).toMatch(/^default-src 'none'; style-src 'sha256-\S+'; base-uri 'none'; /);
    expect(policy).toMatch(/; form-action 'self'; frame-ancestors 'none'$/);
    expect(headers['X-Frame-Options']).toBe('DENY');
    expect(html).not.toMatch(/<(script|link|img)|url\(|@import/);
  });

  // WCAG 2.2, 1.4.3 and 1.4.11.
  it.each([
    ['text', 'card', 4.5],
    ['muted', 'page', 4.5],
    ['muted', 'card', 4.5],
    ['text', 'notice', 4.5],
    ['on-accent', 'accent', 4.5],
    ['accent', 'card', 4.5],
    ['line', 'card', 3],
    ['notice-line', 'notice', 3],
  ])('shows %s well on %s, by day and by night', (front, back, least) => {
    for (const night of [false, true]) {
      const [one, other] = [front, back].map((name) => luminance(colorOf(name, night)));
      const [dark = 0, light = 0] = [one, other].sort((a = 0, b = 0) => a - b);
      expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(least);
    }
  });

  function colorOf(name: string, night: boolean): string {
    const [, value = ''] = new RegExp(`--${name}: (light-dark\\([^)]*\\)|#\\w+)`).exec(html) ?? [];
    const colors = value.match(/#\w+/g) ?? [];
    return (night ? colors.at(-1) : colors[0]) ?? '';
  }

  /** WCAG's relative luminance. */
  function luminance(color: string): number {
    const digits = color.slice(1);
    const long = digits.length === 3 ? digits.replace(/./g, '$&$&') : digits;
    const [r = 0, g = 0, b = 0] = (long.match(/../g) ?? [])
      .map((part) => Number.parseInt(part, 16) / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }
});
