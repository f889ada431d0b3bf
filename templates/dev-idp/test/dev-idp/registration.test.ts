import { expect, it } from 'vitest';
import { RecordAdapter, type StoredRecord } from '../../dev/record-adapter.js';
import { redirectUri, useDevIdp } from '../support/dev-idp.js';

const idp = useDevIdp();

it.each(['/register', '/Register/'])(
  'is open to browsers at %s, and tells the scopes',
  async (path) => {
    const origin = 'https://inspector.example';
    const preflight = await fetch(`${idp.issuer}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
    const response = await fetch(`${idp.issuer}${path}`, {
      method: 'POST',
      headers: { origin, 'content-type': 'application/json' },
      body: JSON.stringify({ redirect_uris: [redirectUri] }),
    });
    expect(response.status).toBe(201);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await response.json()).toMatchObject({
      scope: 'mcp:use openid profile email mcp:admin',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
    });
  },
);

it.each([
  { logo_uri: '', contacts: ['nobody'], client_uri: null, tos_uri: 'tos' },
  { grant_types: ['client_credentials'], response_types: ['token'] },
  { id_token_signed_response_alg: 'HS256', default_max_age: -1, require_auth_time: true },
])('overlooks what nothing here needs: %j', async (metadata) => {
  const client = await idp.newClient(metadata);
  expect((await idp.authorize(client)).code).not.toBeNull();
});

it.each([
  ['http://127.0.0.1/callback', 'native'],
  ['http://[::1]:7/', 'native'],
  ['http://localhost:3334/oauth/callback', 'native'],
  ['https://vscode.dev/redirect', 'web'],
  ['cursor://anysphere.cursor/mcp', 'native'],
  ['com.example.app:/oauth/cb', 'native'],
])('accepts %s, and says what kind of client that makes', async (uri, kind) => {
  for (const wish of ['web', 'native']) {
    const answer = await idp.register({ redirect_uris: [uri], application_type: wish });
    expect(answer.body.application_type).toBe(kind);
  }
});

it.each([
  'http://attacker.example/callback',
  'http://localhost@attacker.example/',
  'https://localhost@attacker.example/',
  'https://client.example\\@attacker.example/',
  'http://user:secret@127.0.0.1/callback',
  'http://127.0.0.1/callback#fragment',
  'javascript:alert(1)',
  'java\tscript:alert(1)',
  'data:text/html,x',
  'file:///etc/passwd',
  'ms-settings:privacy',
  'MS-\nsettings:privacy',
  'view-source:https://x.example',
  ' https://x.example/',
  '/relative',
])('refuses %s', async (uri) => {
  const { status, body } = await idp.register({ redirect_uris: [redirectUri, uri] });
  expect(status).toBe(400);
  expect(body.error).toBe('invalid_redirect_uri');
});

it('forgets the oldest of two hundred clients, so that nobody can fill the disk', async () => {
  const records: Record<string, StoredRecord> = { 'User:ada': { payload: {} } };
  const clients = new RecordAdapter('Client', records, () => {});
  await clients.upsert('in use', {});
  for (let index = 0; index < 200; index++) {
    await clients.upsert(`client-${index}`, {});
    expect(await clients.find('in use')).toBeDefined();
  }
  expect(await clients.find('client-0')).toBeUndefined();
  expect(await clients.find('client-199')).toBeDefined();
  expect(Object.keys(records)).toHaveLength(201);
});
