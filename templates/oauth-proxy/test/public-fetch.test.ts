// Nobody finds out by this server what is inside its network (server-side request forgery): neither
// by the address of a document, nor by the keys that a document names.
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
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
/** What names resolve to. */
let addresses: Record<string, string[]>;
/** How the server gets to the host, once it has decided to. */
let reach: typeof fetch;

beforeAll(async () => {
  host = await startDocumentHost();
});
afterAll(() => host.close());
beforeEach(() => {
  host.asked = [];
  host.answer = (request, response) => {
    const id = decodeURIComponent(String(request.headers['x-address']));
    say({ ...goodDocument, client_id: id })(request, response);
  };
  addresses = {};
  reach = (input, init) => {
    const headers = { 'x-address': encodeURIComponent(String(input)) };
    return host.documents.fetch(input, { ...init, headers });
  };
});

const world = useWorld(
  // Each attempt comes from another address, and so none is one too many.
  { TRUSTED_PROXIES: '1' },
  {
    documents: {
      lookup: async (name) => (addresses[name] ?? []).map((address) => ({ address })),
      fetch: (input, init) => reach(input, init),
    },
  },
);

/** Which of these clients get as far as a question; for the others nothing may have been asked. */
async function reached(ids: string[]): Promise<string[]> {
  const { browser, server } = world;
  const found: string[] = [];
  for (const id of ids) {
    browser.headers['x-forwarded-for'] = `caller-${callers++}`;
    const page = await browser.visit(McpClient.at(server, id).authorizationUrl());
    if (page.html.includes('Documented')) found.push(id);
    else expect([id, page.status, host.asked]).toEqual([id, 400, []]);
  }
  return found;
}

let callers = 0;
const written = (address: string) => (address.includes(':') ? `[${address}]` : address);

const inside = [
  ...['0.0.0.0', '10.0.0.1', '100.64.0.1', '127.0.0.1', '127.1.2.3', '169.254.169.254'],
  ...['172.16.0.1', '172.31.255.255', '192.0.0.1', '192.0.2.1', '192.168.1.1', '198.18.0.1'],
  ...['198.51.100.1', '203.0.113.1', '224.0.0.1', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', 'fc00::1', 'fd12:3456::1', 'fe80::1', 'ff02::1', '2001:db8::1'],
  // What stands for an IPv4 address: mapped, compatible, NAT64, 6to4, Teredo.
  ...['::ffff:127.0.0.1', '::ffff:10.0.0.1', '::ffff:7f00:1', '::127.0.0.1'],
  ...['64:ff9b::7f00:1', '64:ff9b:1::a00:1', '2002:7f00:1::', '2001:0:7f00:1::'],
];
const outside = ['93.184.215.14', '172.32.0.1', '192.169.0.1', '2606:2800:21f:cb07::1'];

it('a name is asked only when all that it resolves to is public', async () => {
  const at = (name: string) => `https://${name}/client.json`;
  for (const [index, address] of [...inside, ...outside].entries()) {
    addresses[`name${index}.example`] = [address];
    addresses[`both${index}.example`] = ['93.184.215.14', address];
  }
  const names = Object.keys(addresses);
  const good = names.slice(2 * inside.length);
  expect(await reached(names.slice(0, 2 * inside.length).map(at))).toEqual([]);
  expect(await reached(['https://nowhere.example/client.json'])).toEqual([]);
  expect(await reached(good.map(at))).toEqual(good.map(at));
});

it('a number is asked only when it is public', async () => {
  const at = (address: string) => `https://${written(address)}/client.json`;
  expect(await reached(inside.map(at))).toEqual([]);
  expect(await reached(inside.map((address) => at(address).replace('/c', ':8443/c')))).toEqual([]);
  expect(await reached(outside.map(at))).toEqual(outside.map(at));
});

it('what is no plain https address is none of a client', async () => {
  addresses = { 'client.example': ['93.184.215.14'], 'attacker.example': ['93.184.215.14'] };
  const wrong = [
    'http://client.example/client.json',
    'https://user:secret@client.example/client.json',
    'https://client.example/client.json#fragment',
    'https://client.example/a/../client.json',
    'https://client.example/%2e%2e/client.json',
    'https://client.example\\@attacker.example/client.json',
    'https:client.example/client.json',
    'https://2130706433/client.json',
    'https://0x7f.1/client.json',
    'https://127.1/client.json',
    'ftp://client.example/client.json',
    'file:///etc/passwd',
  ];
  expect(await reached(wrong)).toEqual([]);
});

it('a name that resolves to something else by the time of the connection gets nothing', async () => {
  // As it is when the name server of an attacker answers twice, in two ways (DNS rebinding).
  addresses['client.example'] = ['93.184.215.14'];
  reach = (_input, init) => fetch(host.url, init);
  expect(await reached([clientId])).toEqual([]);
});

describe('the keys of a client', () => {
  const { key, assertion } = createKey();
  const jwks: DocumentHost['answer'] = async (...exchange) =>
    say({ keys: [await key] })(...exchange);

  /** Authenticates with its key, which is to be found at an address that the document names. */
  async function authenticate(answer: DocumentHost['answer']): Promise<number> {
    const jwks_uri = 'https://keys.example/jwks.json';
    const document = { ...goodDocument, token_endpoint_auth_method: 'private_key_jwt', jwks_uri };
    host.answer = (request, response) =>
      (request.url === '/jwks.json' ? answer : say(document))(request, response);
    const client = McpClient.at(world.server, clientId);
    const { status, body } = await client.exchange('a code', await assertion(world.server.url));
    // Of a client that is who it says, the code is what is wrong.
    expect(body.error).toBe(status === 400 ? 'invalid_grant' : 'invalid_client');
    return status;
  }

  beforeEach(() => {
    addresses = { 'client.example': ['93.184.215.14'], 'keys.example': ['93.184.215.14'] };
  });

  it('are fetched', async () => {
    expect(await authenticate(jwks)).toBe(400);
    expect(host.asked).toEqual(['/client.json', '/jwks.json']);
  });

  it('are not looked for inside', async () => {
    addresses['keys.example'] = ['10.0.0.1'];
    expect(await authenticate(jwks)).toBe(401);
    expect(host.asked).toEqual(['/client.json']);
  });

  it('are not looked for where somebody sends the server', async () => {
    const redirect: DocumentHost['answer'] = (_request, response) =>
      response.writeHead(302, { location: '/inside' }).end();
    expect(await authenticate(redirect)).toBe(401);
    expect(host.asked).toEqual(['/client.json', '/jwks.json']);
  });

  it('are not read without end', async () => {
    const long: DocumentHost['answer'] = async (...exchange) =>
      say({ more: 'x'.repeat(100_000), keys: [await key] })(...exchange);
    expect(await authenticate(long)).toBe(401);
  });
});

/** A key, and what a client proves with it that it is itself (RFC 7523 §2.2). */
function createKey() {
  const pair = generateKeyPair('ES256');
  const key = pair.then(async ({ publicKey }) => ({ ...(await exportJWK(publicKey)), kid: 'k' }));
  const assertion = async (audience: string) => ({
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await new SignJWT({ jti: 'x' })
      .setProtectedHeader({ alg: 'ES256', kid: 'k' })
      .setIssuer(clientId)
      .setSubject(clientId)
      .setAudience(audience)
      .setExpirationTime('1m')
      .sign((await pair).privateKey),
  });
  return { key, assertion };
}
