// How often client metadata documents are fetched: as their caching says, and not for a flood.
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  clientId,
  type DocumentHost,
  goodDocument,
  say,
  startDocumentHost,
} from './support/document-host.js';
import { McpClient } from './support/mcp-client.js';
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

const open = (id = clientId) =>
  world.browser.visit(McpClient.at(world.server, id).authorizationUrl());

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
  for (let index = 0; index < 40; index++) await open(`https://client.example/${index}.json`);
  expect(host.asked).toHaveLength(30);

  host.answer = say(goodDocument);
  world.elapse(61);
  expect((await open()).html).toContain('Documented');
  expect((await open('https://client.example/new.json')).status).toBe(400);
  expect(host.asked).toHaveLength(31);
});
