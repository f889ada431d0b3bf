// Clients that are known by the address of their metadata: what is believed of it, and how often it
// is fetched (Client ID Metadata Documents).
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  clientId,
  type DocumentHost,
  goodDocument,
  say,
  startDocumentHost,
} from './support/document-host.js';
import { McpClient, use } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

let host: DocumentHost;
beforeAll(async () => {
  host = await startDocumentHost();
});
afterAll(() => host.close());
beforeEach(() => {
  host.asked = [];
  host.answer = say(goodDocument);
});

const world = useWorld(
  {},
  {
    documents: {
      lookup: () => host.documents.lookup(),
      fetch: (input, init) => host.documents.fetch(input, init),
    },
  },
);

const open = (parameters = {}, id = clientId) =>
  world.browser.visit(McpClient.at(world.server, id).authorizationUrl(parameters));

it('is a client at every endpoint, also after a restart', async () => {
  const client = McpClient.at(world.server, clientId);
  const tokens = await client.connect();
  expect((await use(world.server, tokens.access_token)).status).toBe(200);
  world.server = await world.server.restart();
  const { status, body } = await client.refresh(tokens.refresh_token);
  expect(status).toBe(200);
  expect(await client.revoke(String(body.refresh_token))).toBe(200);
  expect((await use(world.server, String(body.access_token))).status).toBe(401);
});

const without = ({ client_id: _, ...document }: typeof goodDocument) => document;
const key = { kty: 'EC', crv: 'P-256', x: 'x', y: 'y', d: 'd' };

const lies: [string, unknown][] = [
  ['about another client', { ...goodDocument, client_id: 'https://x.example/c.json' }],
  ['about its address with a slash', { ...goodDocument, client_id: `${clientId}/` }],
  ['about nobody', without(goodDocument)],
  ['with a secret', { ...goodDocument, client_secret: 'known to all' }],
  ...['client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'other'].map(
    (method): [string, unknown] => [
      `of a client that authenticates by ${method}`,
      { ...goodDocument, token_endpoint_auth_method: method },
    ],
  ),
  [
    'with a private key',
    { ...goodDocument, token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [key] } },
  ],
  ...['javascript:alert(1)', 'http://attacker.example/', 'data:,x', 'https://a@b.example/'].map(
    (uri): [string, unknown] => [
      `with the redirect URI ${uri}`,
      { ...goodDocument, redirect_uris: [...goodDocument.redirect_uris, uri] },
    ],
  ),
  ['without redirect URIs', { ...goodDocument, redirect_uris: undefined }],
  ['of HTML', '<!doctype html><title>Not found</title>'],
  ['of a list', [goodDocument]],
  ['of nothing', null],
  ['of too many words', { ...goodDocument, more: 'x'.repeat(10_000) }],
];

describe('a document is refused', () => {
  it('that lies', async () => {
    for (const [lie, document] of lies) {
      host.answer = say(document);
      await expectRefusal(lie);
    }
  });

  it('that is too large, and does not say so', async () => {
    host.answer = (_request, response) => {
      response.writeHead(200);
      response.end(`${JSON.stringify(goodDocument)}${' '.repeat(10_000)}`);
    };
    await expectRefusal();
  });

  it('that comes with an error', async () => {
    for (const status of [201, 204, 304, 404, 500]) {
      host.answer = (_request, response) => {
        response.writeHead(status).end(status === 201 ? JSON.stringify(goodDocument) : undefined);
      };
      await expectRefusal(`${status}`);
    }
  });

  it('that is elsewhere', async () => {
    for (const status of [301, 302, 303, 307, 308]) {
      host.answer = (request, response) => {
        if (request.url === '/client.json')
          response.writeHead(status, { location: '/other' }).end();
        else say(goodDocument)(request, response);
      };
      await expectRefusal(`${status}`);
      expect(host.asked).not.toContain('/other');
    }
  });

  it.each(['at all', 'to the end'])('that does not come %s, in a few seconds', async (how) => {
    const patience: number[] = [];
    vi.spyOn(AbortSignal, 'timeout').mockImplementation((milliseconds) => {
      patience.push(milliseconds);
      const controller = new AbortController();
      setTimeout(() => controller.abort(), 20);
      return controller.signal;
    });
    host.answer = (_request, response) => {
      if (how === 'to the end') response.writeHead(200).write('{');
    };
    await expectRefusal();
    expect(Math.max(...patience)).toBeLessThanOrEqual(5_000);
  });
});

/** There is no such client, wherever it is named. */
async function expectRefusal(what = '') {
  host.asked = [];
  // Nobody has asked too often.
  world.elapse(3_601);
  const page = await open();
  expect([what, page.status, page.url.origin]).toEqual([what, 400, world.server.url]);
  expect(page.html).not.toContain('<form');
  const client = McpClient.at(world.server, clientId);
  const { body } = await client.exchange('a code');
  expect(body.error).toMatch(/^invalid_(client|client_metadata|redirect_uri)$/);
  expect(await client.revoke('a token')).toBe(400);
  expect(host.asked.length).toBeGreaterThan(0);
}

it('a redirect URI counts only when the document has it', async () => {
  const page = await open({ redirect_uri: 'https://attacker.example/callback' });
  expect([page.status, page.url.origin]).toEqual([400, world.server.url]);
});

describe('a document is fetched again', () => {
  it.each([
    ['after what it says', { 'cache-control': 'public, max-age=600' }, 600],
    ['when it expires', { expires: 'EXPIRES' }, 600],
    ['not more often than twice a minute', { 'cache-control': 'no-store' }, 30],
    ['after half a minute, when it says nothing', {}, 30],
    ['once a day at least', { 'cache-control': 'max-age=31536000' }, 86_400],
  ])('%s', async (_, headers, seconds) => {
    const expires = new Date(Date.now() + 600_000).toUTCString();
    host.answer = say(goodDocument, 'expires' in headers ? { expires } : headers);
    await McpClient.at(world.server, clientId).connect();
    expect(host.asked).toHaveLength(1);
    world.elapse(seconds - 2);
    await open();
    expect(host.asked).toHaveLength(1);
    world.elapse(3);
    await open();
    expect(host.asked).toHaveLength(2);
  });
});

it('what it says no longer, counts no longer', async () => {
  await McpClient.at(world.server, clientId).connect();
  host.answer = say({ ...goodDocument, redirect_uris: ['https://client.example/callback'] });
  world.elapse(31);
  expect((await open()).status).toBe(400);
});

it('many who ask at once make one fetch', async () => {
  await Promise.all(Array.from({ length: 10 }, () => open()));
  expect(host.asked).toHaveLength(1);
});

it('a flood of addresses ends, but not for clients that were good before', async () => {
  await open();
  host.answer = (_request, response) => response.writeHead(404).end();
  for (let index = 0; index < 40; index++) await open({}, `https://client.example/${index}.json`);
  expect(host.asked).toHaveLength(30);

  host.answer = say(goodDocument);
  world.elapse(61);
  expect((await open()).html).toContain('Documented');
  expect((await open({}, 'https://client.example/new.json')).status).toBe(400);
  expect(host.asked).toHaveLength(31);
});
