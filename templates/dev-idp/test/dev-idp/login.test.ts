import { decodeJwt } from 'jose';
import { expect, it, vi } from 'vitest';
import { CookieJar, logIn } from '../../dev/headless-login.js';
import { redirectUri, resource, useDevIdp } from '../support/dev-idp.js';

const idp = useDevIdp();
const offline = { scope: 'mcp:use offline_access', prompt: 'consent' };

it('ends with a token for the MCP server', async () => {
  const client = await idp.newClient();
  const { body } = await idp.redeem(client, { scope: 'openid profile email mcp:admin' });
  expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
  expect(await idp.verify(body.access_token)).toMatchObject({
    sub: 'ada-l',
    client_id: client,
    scope: 'openid profile email mcp:admin',
  });
  expect(decodeJwt(`${body.id_token}`)).toMatchObject({
    sub: 'ada-l',
    name: 'Ada L',
    email: 'ada-l@example.test',
  });
});

it.each([
  ['nothing', {}, 'mcp:use'],
  ['a blank scope', { scope: ' ' }, 'mcp:use'],
  ['an unknown scope too', { scope: 'mcp:use read' }, 'mcp:use'],
  ['the resource with a slash', { resource: `${resource}/` }, 'mcp:use'],
  ['the resource in capitals', { resource: 'HTTP://LOCALHOST:3000/mcp' }, 'mcp:use'],
  ['what it did not register', { scope: 'mcp:use mcp:admin' }, 'mcp:use mcp:admin'],
  ['OpenID parameters without openid', { nonce: 'n', max_age: '1', acr_values: 'a' }, 'mcp:use'],
  ['another login', { prompt: 'select_account' }, 'mcp:use'],
  // OpenID Connect Core §11: the scope counts only with consent. Refresh tokens come without it too.
  ['an offline token', { scope: 'mcp:use offline_access' }, 'mcp:use'],
  ['an offline token, and consent', offline, offline.scope],
])('works for a client that asks for %s', async (_what, parameters, scope) => {
  const client = await idp.newClient({ scope: 'mcp:use' });
  const { body } = await idp.redeem(client, parameters);
  expect(await idp.verify(body.access_token)).toMatchObject({ scope, aud: resource });
  expect(body.refresh_token).toBeTypeOf('string');
});

it.each([
  [resource, `${resource}/`],
  [`${resource}/`, resource],
])('works for a client that asks for %s and then for %s', async (first, then) => {
  const client = await idp.newClient();
  const answer = await idp.authorize(client, { resource: first });
  const { body } = await idp.exchange(client, answer, { resource: then });
  expect(await idp.verify(body.access_token)).toMatchObject({ aud: resource, scope: 'mcp:use' });
});

it('works for a client in a browser, wherever that comes from', async () => {
  const client = await idp.newClient();
  const headers = { origin: 'https://inspector.example' };
  const body = new URLSearchParams({ grant_type: 'authorization_code', client_id: client });
  const response = await fetch(`${idp.issuer}/token`, { method: 'POST', headers, body });
  expect(response.headers.get('access-control-allow-origin')).toBe(headers.origin);
  expect(await response.json()).not.toMatchObject({
    error_description: expect.stringContaining('origin'),
  });
});

it('tells the client who answers, and who said no', async () => {
  const client = await idp.newClient();
  const answer = await idp.authorize(client);
  expect(answer).toMatchObject({ iss: idp.issuer, state: 'a-state' });
  const authorizationUrl = idp.authorizationUrl(client);
  // RFC 6749 §3.1.2.3: the only one that is registered need not be named.
  authorizationUrl.searchParams.delete('redirect_uri');
  const denied = await logIn({ authorizationUrl, decision: 'deny' });
  expect(denied.searchParams.get('error')).toBe('access_denied');
  expect(denied.searchParams.get('iss')).toBe(idp.issuer);
});

it.each([
  ['another resource', { resource: 'http://localhost:4000/mcp' }, 'invalid_target'],
  ['what is no resource', { resource: 'mcp' }, 'invalid_target'],
  ['only unknown scopes', { scope: 'read write' }, 'invalid_scope'],
  ['no PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
  ['the plain PKCE method', { code_challenge_method: 'plain' }, 'invalid_request'],
  ['silence', { prompt: 'none' }, 'login_required'],
])('is refused to a client that asks for %s', async (_what, parameters, error) => {
  const client = await idp.newClient({ token_endpoint_auth_method: 'client_secret_basic' });
  expect(await idp.authorize(client, parameters)).toMatchObject({ error });
});

it('takes any port of a loopback redirect, and no other redirect', async () => {
  const client = await idp.newClient();
  const otherPort = { redirect_uri: 'http://127.0.0.1:4711/callback' };
  expect((await idp.authorize(client, otherPort)).code).not.toBeNull();
  const otherPath = { redirect_uri: 'http://127.0.0.1:9/elsewhere' };
  await expect(idp.authorize(client, otherPath)).rejects.toThrow('redirect_uri');
});

it('works for a client that is known by the address of its metadata', async () => {
  const clientId = 'https://client.example/mcp.json';
  const document = { client_id: clientId, client_name: 'Known', redirect_uris: [redirectUri] };
  const { fetch } = globalThis;
  const answer = vi.fn<typeof fetch>(async (input, init) =>
    String(input) === clientId ? Response.json(document) : fetch(input, init),
  );
  vi.stubGlobal('fetch', answer);
  const { body } = await idp.redeem(clientId);
  expect(await idp.verify(body.access_token)).toMatchObject({ client_id: clientId });
  expect(answer.mock.calls.map(([input]) => String(input))).toContain(clientId);
});

it('may be somebody else each time, and a code works once', async () => {
  const client = await idp.newClient();
  const cookies = new CookieJar();
  const ada = await idp.authorize(client, {}, 'Ada L', cookies);
  const li = await idp.authorize(client, {}, '李', cookies);
  const subjectOf = async (answer: typeof ada) =>
    (await idp.verify((await idp.exchange(client, answer)).body.access_token)).sub;
  expect(await subjectOf(ada)).toBe('ada-l');
  expect(await subjectOf(li)).toMatch(/^user-[0-9a-f]{8}$/);
  expect((await idp.exchange(client, ada)).body.error).toBe('invalid_grant');
  const twice = await idp.authorize(client);
  const both = await Promise.all([idp.exchange(client, twice), idp.exchange(client, twice)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
});
