// What clients and people get while the store is away, or when there is a mistake in the server.
import { describe, expect, it, vi } from 'vitest';
import { log } from '../src/log.js';
import { type Store, StoreUnavailable } from '../src/store/store.js';
import { McpClient, use } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

/** What operations of the store throw at the moment, and which ones do. */
let failure: { error: Error; spared: string[] } | undefined;
vi.mock(import('../src/store/open-store.js'), async (importOriginal) => {
  const { openStore } = await importOriginal();
  return { openStore: async (url) => breakable(await openStore(url)) };
});

function breakable(store: Store): Store {
  return new Proxy(store, {
    get(target, name: keyof Store) {
      if (failure === undefined || ['close', ...failure.spared].includes(name)) return target[name];
      const { error } = failure;
      return async () => {
        throw error;
      };
    },
  });
}

async function whileItFails<T>(
  action: () => Promise<T>,
  { error = away as Error, spared = [] as string[] } = {},
): Promise<T> {
  failure = { error, spared };
  try {
    return await action();
  } finally {
    failure = undefined;
  }
}

const away = new StoreUnavailable('Redis cannot do it: nobody is there');
const world = useWorld();

/** A request of every kind that needs the store. */
async function requests(): Promise<Record<string, () => Promise<Response>>> {
  const { server, browser } = world;
  const client = await McpClient.register(server);
  const { refresh_token: token } = await client.connect(browser);
  const { url: page } = await browser.visit(client.authorizationUrl({ scope: 'mcp:admin' }));
  const post = (path: string, fields: Record<string, string>) =>
    server.fetch(`${server.url}${path}`, {
      method: 'POST',
      body: new URLSearchParams({ client_id: client.id, ...fields }),
    });
  const get = (url: URL) =>
    server.fetch(url, { redirect: 'manual', headers: { cookie: browser.cookiesFor(url) } });
  return {
    register: () =>
      server.fetch(`${server.url}/oauth/register`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ redirect_uris: ['http://127.0.0.1:9/callback'] }),
      }),
    authorize: () => get(client.authorizationUrl()),
    question: () => get(page),
    callback: () => get(new URL(`${server.url}/oauth/callback?state=x&code=y`)),
    connections: () => get(new URL(`${server.url}/oauth/connections`)),
    refresh: () => post('/oauth/token', { grant_type: 'refresh_token', refresh_token: token }),
    revoke: () => post('/oauth/revoke', { token }),
  };
}

const logged = () => vi.spyOn(log, 'error').mockImplementation(() => {});

describe('while the store is away', () => {
  it.each([
    ['', []],
    // The rate limits come first: without them it is oidc-provider that meets the failure.
    [', as oidc-provider finds out', ['count']],
  ])('every request that needs it is to come back later%s', async (_, spared) => {
    const errors = logged();
    for (const [name, ask] of Object.entries(await requests())) {
      errors.mockClear();
      const response = await whileItFails(ask, { spared });
      expect([name, response.status]).toEqual([name, 503]);
      expect(response.headers.get('retry-after')).toMatch(/^\d+$/);
      expect(await response.json()).toMatchObject({ error: 'temporarily_unavailable' });
      expect(errors).toHaveBeenCalledExactlyOnceWith(
        expect.objectContaining({ err: away }),
        'The authorization server failed',
      );
    }
  });

  it('people get a page', async () => {
    logged();
    const { server, browser } = world;
    const page = await whileItFails(() => browser.visit(`${server.url}/oauth/connections`));
    expect(page.status).toBe(503);
    expect(page.html).toContain('Try again in a minute.');
    expect(page.headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  });

  it('tokens stay good', async () => {
    const client = await McpClient.register(world.server);
    const { access_token: token } = await client.connect();
    const used = await whileItFails(() => use(world.server, token));
    expect(used.status).toBe(200);
  });

  it('a refresh token that was refused then is as good afterwards', async () => {
    logged();
    const client = await McpClient.register(world.server);
    const { refresh_token: token } = await client.connect();
    await whileItFails(() => client.refresh(token));
    expect((await client.refresh(token)).status).toBe(200);
  });
});

describe('a mistake in the server', () => {
  const mistake = new TypeError('x is not a function');

  it.each([[[]], [['count']]])('is logged, and nobody else learns of it (%j)', async (spared) => {
    const errors = logged();
    for (const [name, ask] of Object.entries(await requests())) {
      errors.mockClear();
      const response = await whileItFails(ask, { error: mistake, spared });
      expect([name, response.status]).toEqual([name, 500]);
      const answer = await response.text();
      expect(answer).toContain('server_error');
      expect(answer).not.toContain('x is not');
      expect(errors.mock.calls).toEqual([
        [expect.objectContaining({ err: mistake }), expect.any(String)],
      ]);
    }
  });
});
