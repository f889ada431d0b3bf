// Logins that fail at the provider, and what the person and the client get to know of it.
import { describe, expect, it, vi } from 'vitest';
import type { Visited } from './support/browser.js';
import { McpClient, redirectUri } from './support/mcp-client.js';
import { describeProvider } from './support/provider-data.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();

/** Agrees, and goes to the provider. */
async function attempt(): Promise<Visited> {
  const { server, browser } = world;
  const client = await McpClient.register(server);
  return browser.press(await browser.visit(client.authorizationUrl()), 'allow');
}

/** Follows a link of the page. */
function follow({ html, url }: Visited, text: string): Promise<Visited> {
  const links = [...html.matchAll(/<a href="([^"]+)">([^<]+)<\/a>/g)];
  const [, address = ''] = links.find(([, , label]) => label?.includes(text)) ?? [];
  const plain = address.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  return world.browser.visit(new URL(plain, url));
}

const failures: [string, string, () => void][] = [
  [
    'the person said no',
    'The login was refused at the provider',
    () => {
      world.upstream.refusal = 'access_denied';
    },
  ],
  [
    'the provider does not know what is asked for',
    'The provider refuses what this server asks for',
    () => {
      world.upstream.refusal = 'invalid_scope';
    },
  ],
  [
    'the answer has no ID token',
    'The answer of the provider is not valid',
    () => {
      world.upstream.tamper = ({ id_token: _, ...answer }) => answer;
    },
  ],
  [
    'the ID token was changed',
    'The answer of the provider is not valid',
    () => {
      world.upstream.tamper = ({ id_token: token, ...answer }) => {
        const [header, , signature] = String(token).split('.');
        const payload = Buffer.from(JSON.stringify({ sub: 'eve' })).toString('base64url');
        return { ...answer, id_token: `${header}.${payload}.${signature}` };
      };
    },
  ],
];

describe.each(failures)('when %s', (_, sentence, arrange) => {
  it('a page says so; the client gets an error, and the person may try again', async () => {
    const { upstream, server } = world;
    const good = { refusal: undefined, tamper: upstream.tamper };
    arrange();
    const page = await attempt();
    expect([page.status, page.url.origin]).toEqual([403, server.url]);
    expect(page.html).toContain(sentence);

    const { url } = await follow(page, 'Go back');
    expect(url.origin + url.pathname).toBe(redirectUri);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      error: 'access_denied',
      state: 'the state',
      iss: server.url,
    });
    expect(url.searchParams.has('code')).toBe(false);

    const second = await attempt();
    Object.assign(upstream, good);
    const question = await follow(second, 'Try again');
    const answer = await world.browser.press(question, 'allow');
    expect(answer.url.searchParams.get('code')).toEqual(expect.any(String));
  });
});

it('a provider that breaks down meanwhile gets a page, and no blame falls on the person', async () => {
  const { server, browser, upstream } = world;
  const page = await browser.visit((await McpClient.register(server)).authorizationUrl());
  browser.stopsAt = ({ pathname }) => pathname === '/oauth/callback';
  const { url } = await browser.press(page, 'allow');
  browser.stopsAt = () => false;
  upstream.down = true;
  const failed = await browser.visit(url);
  expect(failed.status).toBeGreaterThanOrEqual(400);
  expect(failed.status).not.toBe(500);
  expect(failed.html).toContain('The provider cannot be reached');
  upstream.down = false;
  const question = await follow(failed, 'Try again');
  const answer = await browser.press(question, 'allow');
  expect(answer.url.searchParams.get('code')).toEqual(expect.any(String));
});

describe('somebody who may not use this server', () => {
  it.each([['bob'], ['bob@example.com'], ['@other.example'], ['ada@example.co']])(
    'is not let in where only %s is',
    async (allowed) => {
      world.server = await world.server.restart({ OAUTH_ALLOWED_USERS: allowed });
      const page = await attempt();
      expect([page.status, page.html.includes('This account may not use this server')]).toEqual([
        403,
        true,
      ]);
      const connections = await world.browser.visit(`${world.server.url}/oauth/connections`);
      expect(connections.html).not.toContain('Log out here');
    },
  );

  it('is told apart from those who may', async () => {
    world.server = await world.server.restart({ OAUTH_ALLOWED_USERS: 'bob ADA@Example.com' });
    const { url } = await attempt();
    expect(url.searchParams.get('code')).toEqual(expect.any(String));
  });

  it('does not get in by an address that nobody verified', async () => {
    const { upstream } = world;
    world.server = await world.server.restart({ OAUTH_ALLOWED_USERS: 'ada@example.com' });
    upstream.user = { sub: 'eve', email: 'ada@example.com', email_verified: false };
    expect((await attempt()).status).toBe(403);
  });
});

it.each(['id_token', 'access_token'] as const)(
  'one JWT as both tokens is no problem where the %s says who it is',
  async (verify) => {
    describeProvider({ verify });
    world.server = await world.server.restart();
    world.upstream.tamper = (answer) => ({ ...answer, access_token: answer.id_token });
    const { url } = await attempt();
    expect(url.searchParams.get('code')).toEqual(expect.any(String));
  },
);
