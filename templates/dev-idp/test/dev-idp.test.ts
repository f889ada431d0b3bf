import { execFile } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createRemoteJWKSet, decodeJwt, type JWTPayload, jwtVerify } from 'jose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { CookieJar, logIn } from '../dev/headless-login.js';
import { type IdentityProvider, startIdentityProvider } from '../dev/identity-provider.js';
import { RecordAdapter, type StoredRecord } from '../dev/record-adapter.js';
import { toUser } from '../dev/user.js';

const resource = 'http://localhost:3000/mcp';
const redirectUri = 'http://127.0.0.1:9/callback';

let directory: string;
let idp: IdentityProvider;
let lines: string[] = [];

const start = (issuer = 'http://localhost:0') =>
  startIdentityProvider({
    issuer,
    resource,
    scopes: { 'mcp:use': 'Use the tools', 'mcp:admin': 'See how it is doing' },
    defaultScopes: ['mcp:use'],
    directory,
    log: (line) => lines.push(line),
  });

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'dev-idp-'));
  idp = await start();
});

afterAll(async () => {
  await idp.close();
  rmSync(directory, { recursive: true });
});

beforeEach(() => {
  lines = [];
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
});

async function register(metadata: Record<string, unknown> = {}) {
  const response = await fetch(`${idp.issuer}/register`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_name: 'Test', redirect_uris: [redirectUri], ...metadata }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

/** Goes to the authorization endpoint and logs in; `parameters` are added to the usual ones. */
async function authorize(
  clientId: string,
  parameters: Record<string, string> = {},
  user = 'Ada L',
  cookies = new CookieJar(),
) {
  const verifier = randomBytes(32).toString('base64url');
  const authorizationUrl = new URL(`${idp.issuer}/authorize`);
  authorizationUrl.search = new URLSearchParams({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: redirectUri,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    state: 'a-state',
    resource,
    ...parameters,
  }).toString();
  const { searchParams } = await logIn({ authorizationUrl, user, cookies });
  const answer: Record<string, string> = Object.fromEntries(searchParams);
  return { ...answer, code: searchParams.get('code'), verifier };
}

async function requestToken(form: Record<string, string>) {
  const response = await fetch(`${idp.issuer}/token`, {
    method: 'POST',
    body: new URLSearchParams(form),
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

async function redeem(clientId: string, parameters: Record<string, string> = {}) {
  const answer = await authorize(clientId, parameters);
  return requestToken({
    grant_type: 'authorization_code',
    client_id: clientId,
    code: String(answer.code),
    code_verifier: answer.verifier,
    redirect_uri: redirectUri,
  });
}

async function verify(token: string | undefined): Promise<JWTPayload> {
  const keys = createRemoteJWKSet(new URL(`${idp.issuer}/jwks`));
  const options = { issuer: idp.issuer, audience: resource, typ: 'at+jwt', algorithms: ['RS256'] };
  return (await jwtVerify(String(token), keys, options)).payload;
}

describe('metadata', () => {
  it('is the same for OpenID Connect and RFC 8414, on every loopback address', async () => {
    const { port } = new URL(idp.issuer);
    const read = async (url: string) => (await fetch(url)).json();
    const openid = await read(`${idp.issuer}/.well-known/openid-configuration`);
    expect(openid).toMatchObject({
      issuer: idp.issuer,
      authorization_endpoint: `${idp.issuer}/authorize`,
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      client_id_metadata_document_supported: true,
      protected_resources: [resource],
      scopes_supported: ['mcp:use', 'openid', 'profile', 'email', 'mcp:admin'],
    });
    expect(await read(`http://127.0.0.1:${port}/.well-known/oauth-authorization-server`)).toEqual(
      openid,
    );
  });

  it.each([
    { headers: { host: 'attacker.example' } },
    { path: 'http://attacker.example/.well-known/openid-configuration' },
  ])('is refused under a foreign name: %j', async (options) => {
    const status = await new Promise((resolve) => {
      request(`${idp.issuer}/.well-known/openid-configuration`, options, (response) =>
        resolve(response.resume().statusCode),
      ).end();
    });
    expect(status).toBe(403);
  });
});

describe('registration', () => {
  it('is open to browsers and tells the scopes', async () => {
    const preflight = await fetch(`${idp.issuer}/register`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://inspector.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'content-type',
      },
    });
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('content-type');
    const { status, body } = await register({ logo_uri: '', contacts: ['nobody'] });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      scope: 'mcp:use openid profile email mcp:admin',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
    });
  });

  it.each([
    'http://127.0.0.1/callback',
    'http://[::1]:7/',
    'https://vscode.dev/redirect',
    'cursor://anysphere.cursor/mcp',
  ])('accepts %s', async (uri) => {
    const { status } = await register({ redirect_uris: [uri], application_type: 'web' });
    expect(status).toBe(201);
  });

  it.each([
    'http://attacker.example/callback',
    'http://localhost@attacker.example/',
    'javascript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'ms-settings:privacy',
    'view-source:https://x.example',
    ' https://x.example/',
    '/relative',
  ])('refuses %s', async (uri) => {
    const { status, body } = await register({ redirect_uris: [redirectUri, uri] });
    expect(status).toBe(400);
    expect(body.error).toMatch(/^invalid_/);
  });
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

describe('a login', () => {
  it('ends with a token for the MCP server', async () => {
    const { body: client } = await register();
    const { body } = await redeem(`${client.client_id}`, {
      scope: 'openid profile email mcp:admin',
    });
    expect(body).toMatchObject({ token_type: 'Bearer', expires_in: 3600 });
    expect(await verify(body.access_token)).toMatchObject({
      sub: 'ada-l',
      client_id: client.client_id,
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
    ['OpenID parameters without openid', { nonce: 'n', prompt: 'login' }, 'mcp:use'],
    ['an offline token', { scope: 'mcp:use offline_access' }, 'mcp:use offline_access'],
  ])('works for a client that asks for %s', async (_what, parameters, scope) => {
    const { body: client } = await register({ scope: 'mcp:use' });
    const { body } = await redeem(`${client.client_id}`, parameters);
    expect(await verify(body.access_token)).toMatchObject({ scope, aud: resource });
    expect(body.refresh_token).toBeTypeOf('string');
  });

  it('tells the client who answers, and who said no', async () => {
    const { body: client } = await register();
    const answer = await authorize(`${client.client_id}`);
    expect(answer).toMatchObject({ iss: idp.issuer, state: 'a-state' });
    const authorizationUrl = new URL(`${idp.issuer}/authorize`);
    authorizationUrl.search = new URLSearchParams({
      client_id: `${client.client_id}`,
      response_type: 'code',
      code_challenge: 'c'.repeat(43),
      code_challenge_method: 'S256',
    }).toString();
    const denied = await logIn({ authorizationUrl, decision: 'deny' });
    expect(denied.searchParams.get('error')).toBe('access_denied');
    expect(denied.searchParams.get('iss')).toBe(idp.issuer);
  });

  it.each([
    ['another resource', { resource: 'http://localhost:4000/mcp' }, 'invalid_target'],
    ['only unknown scopes', { scope: 'read write' }, 'invalid_scope'],
    ['no PKCE', { code_challenge: '', code_challenge_method: '' }, 'invalid_request'],
    ['the plain PKCE method', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['silence', { prompt: 'none' }, 'login_required'],
  ])('is refused to a client that asks for %s', async (_what, parameters, error) => {
    const { body: client } = await register({ token_endpoint_auth_method: 'client_secret_basic' });
    expect(await authorize(`${client.client_id}`, parameters)).toMatchObject({ error });
  });

  it('takes any port of a loopback redirect, and no other redirect', async () => {
    const { body: client } = await register();
    const id = `${client.client_id}`;
    const otherPort = { redirect_uri: 'http://127.0.0.1:4711/callback' };
    expect((await authorize(id, otherPort)).code).not.toBeNull();
    const otherPath = { redirect_uri: 'http://127.0.0.1:9/elsewhere' };
    await expect(authorize(id, otherPath)).rejects.toThrow('redirect_uri');
  });

  it('works for a client that is known by the address of its metadata', async () => {
    const clientId = 'https://client.example/mcp.json';
    const document = { client_id: clientId, client_name: 'Known', redirect_uris: [redirectUri] };
    const { fetch } = globalThis;
    const answer = vi.fn<typeof fetch>(async (input, init) =>
      String(input) === clientId ? Response.json(document) : fetch(input, init),
    );
    vi.stubGlobal('fetch', answer);
    const { body } = await redeem(clientId);
    expect(await verify(body.access_token)).toMatchObject({ client_id: clientId });
    expect(answer.mock.calls.map(([input]) => String(input))).toContain(clientId);
  });

  it('may be somebody else each time, and a code works once', async () => {
    const { body: client } = await register();
    const id = `${client.client_id}`;
    const exchange = ({ code, verifier }: { code: string | null; verifier: string }) =>
      requestToken({
        grant_type: 'authorization_code',
        client_id: id,
        code: `${code}`,
        code_verifier: verifier,
        redirect_uri: redirectUri,
      });
    const cookies = new CookieJar();
    const ada = await authorize(id, {}, 'Ada L', cookies);
    const li = await authorize(id, {}, '李', cookies);
    expect(await verify((await exchange(ada)).body.access_token)).toMatchObject({ sub: 'ada-l' });
    const { sub } = await verify((await exchange(li)).body.access_token);
    expect(sub).toMatch(/^user-[0-9a-f]{8}$/);
    expect((await exchange(ada)).body.error).toBe('invalid_grant');
    const twice = await authorize(id);
    const both = await Promise.all([exchange(twice), exchange(twice)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 400]);
  });

  it('shows the client name as text, and no page can be framed', async () => {
    const { body: client } = await register({ client_name: '<script>alert(1)</script>' });
    const pages: Response[] = [];
    const recording: typeof fetch = async (input, init) => {
      const response = await fetch(input, init);
      if (response.status === 200) pages.push(response.clone());
      return response;
    };
    const authorizationUrl = `${idp.issuer}/authorize?client_id=${client.client_id}&response_type=code&code_challenge=${'c'.repeat(43)}&code_challenge_method=S256`;
    await logIn({ authorizationUrl, fetch: recording });
    const [login, consent] = await Promise.all(pages.map((page) => page.text()));
    expect(login).toContain('<label for="name">');
    expect(consent).toContain('&#60;script&#62;');
    expect(consent).toContain('127.0.0.1:9 (this computer)');
    expect(`${login}${consent}`).not.toContain('<script');
    for (const { headers } of pages) {
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('cache-control')).toBe('no-store');
    }
  });

  it('takes no form from another site', async () => {
    const { body: client } = await register();
    const authorizationUrl = `${idp.issuer}/authorize?client_id=${client.client_id}&response_type=code&code_challenge=${'c'.repeat(43)}&code_challenge_method=S256`;
    const hostile: typeof fetch = (input, init) =>
      fetch(input, {
        ...init,
        headers: { ...(init?.headers as object), origin: 'http://localhost:8080' },
      });
    await expect(logIn({ authorizationUrl, fetch: hostile })).rejects.toThrow('Another site');
  });
});

describe('a person', () => {
  it.each([
    ['Ada  Lovelace ', /^ada-lovelace$/],
    ['JOSE', /^jose$/],
    ['李', /^user-[0-9a-f]{8}$/],
    ['日本 <script>', /^script-[0-9a-f]{8}$/],
  ])('called %s is the user %s', (name, id) => {
    expect(toUser(name)?.id).toMatch(id);
  });

  it('is nobody else', () => {
    const names = ['Jose', 'José', 'Jose.', '.Jose', 'Jo se', 'jo-se', 'script', '日本 <script>'];
    expect(new Set(names.map((name) => toUser(name)?.id)).size).toBe(names.length);
  });

  it('is asked again who will not say', async () => {
    const { body: client } = await register();
    const nameless = authorize(`${client.client_id}`, {}, ' ');
    await expect(nameless).rejects.toThrow('The login does not end');
  });

  it('who goes back after the login hears that it is finished', async () => {
    const { body: client } = await register();
    const cookies = new CookieJar();
    const visited: URL[] = [];
    const recording: typeof fetch = (input, init) => {
      visited.push(new URL(String(input)));
      return fetch(input, init);
    };
    const authorizationUrl = `${idp.issuer}/authorize?client_id=${client.client_id}&response_type=code&code_challenge=${'c'.repeat(43)}&code_challenge_method=S256`;
    await logIn({ authorizationUrl, cookies, fetch: recording });
    const login = visited.find(({ pathname }) => pathname.startsWith('/interaction/'));
    const back = logIn({ authorizationUrl: `${login}`, cookies });
    await expect(back).rejects.toThrow('This login is finished already');
  });

  it('whose client is not known any more hears what to do', async () => {
    await expect(authorize('forgotten')).rejects.toThrow(
      /not known here any more.* Remove the server from your MCP client and add it again/,
    );
  });

  it('who opens the address learns what it is for, and sees where fields end', async () => {
    const response = await fetch(idp.issuer);
    expect(response.status).toBe(200);
    const page = await response.text();
    expect(page).toContain(resource);
    const luminance = (color = '') => {
      const [r, g, b] = [1, 3, 5].map(
        (at) => (Number.parseInt(color.slice(at, at + 2), 16) / 255) ** 2.2,
      ) as [number, number, number];
      return 0.2126 * r + 0.7152 * g + 0.0722 * b + 0.05;
    };
    const line = luminance(/--line: (#\w{6});/.exec(page)?.[1]);
    // WCAG 1.4.11, on white and on what browsers take for black.
    expect(luminance('#ffffff') / line).toBeGreaterThan(3);
    expect(line / luminance('#1e1e1e')).toBeGreaterThan(3);
  });
});

describe('the token script', () => {
  const run = (...args: string[]) => {
    const settings = { PUBLIC_URL: 'http://localhost:3000', OAUTH_SCOPES: 'mcp:use' };
    return promisify(execFile)(process.execPath, ['--import', 'tsx', 'dev/token.ts', ...args], {
      env: { ...process.env, ...settings, OAUTH_ISSUER_URL: idp.issuer },
    });
  };

  it('prints a token for a name, with more scopes on request', async () => {
    expect(decodeJwt((await run()).stdout)).toMatchObject({ sub: 'ada', scope: 'mcp:use' });
    const { stdout } = await run('--', 'Grace H', 'mcp:admin');
    expect(decodeJwt(stdout)).toMatchObject({ sub: 'grace-h', scope: 'mcp:use mcp:admin' });
  });

  it('says what was not granted, and how it is used', async () => {
    await expect(run('ada', 'mcp:fly')).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('Not granted: mcp:fly. Declare it in src/auth/scopes.ts'),
    });
    expect((await run('--help')).stdout).toContain('Usage: token [name] [scope …]');
  });
});

describe('refresh tokens', () => {
  it('rotate, and two refreshes at once both succeed', async () => {
    const { body: client } = await register();
    const { body: first } = await redeem(`${client.client_id}`);
    const form = {
      grant_type: 'refresh_token',
      client_id: `${client.client_id}`,
      refresh_token: `${first.refresh_token}`,
    };
    const both = await Promise.all([requestToken(form), requestToken(form)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both[0]?.body.refresh_token).not.toBe(first.refresh_token);
    expect(await verify(both[0]?.body.access_token)).toMatchObject({ sub: 'ada-l' });
  });

  it('outlive the login, and a late replay ends them all', async () => {
    const { body: client } = await register();
    const { body: first } = await redeem(`${client.client_id}`);
    const refresh = (token: string | undefined) =>
      requestToken({
        grant_type: 'refresh_token',
        client_id: `${client.client_id}`,
        refresh_token: `${token}`,
      });
    vi.useFakeTimers({ now: Date.now() + 7 * 24 * 3600_000, toFake: ['Date'] });
    const { body: second } = await refresh(first.refresh_token);
    expect(await verify(second.access_token)).toMatchObject({ sub: 'ada-l' });

    vi.setSystemTime(Date.now() + 11_000);
    expect((await refresh(first.refresh_token)).body.error).toBe('invalid_grant');
    expect((await refresh(second.refresh_token)).body.error).toBe('invalid_grant');
  });

  it('and clients, users and keys survive a restart', async () => {
    const { body: client } = await register();
    const { body: before } = await redeem(`${client.client_id}`);
    await idp.close();
    idp = await start(idp.issuer);
    expect(await verify(before.access_token)).toMatchObject({ sub: 'ada-l' });
    const { status, body } = await requestToken({
      grant_type: 'refresh_token',
      client_id: `${client.client_id}`,
      refresh_token: `${before.refresh_token}`,
    });
    expect(status).toBe(200);
    expect(await verify(body.access_token)).toMatchObject({ sub: 'ada-l' });
    expect((await authorize(`${client.client_id}`)).code).not.toBeNull();
  });
});

describe('starting', () => {
  it('keeps the file to the user, and replaces a damaged one', async () => {
    const file = join(directory, 'state.json');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    await idp.close();
    writeFileSync(file, '{ "version": 1');
    idp = await start();
    expect(lines.join('\n')).toContain('state.json.damaged');
    expect((await register()).status).toBe(201);
  });

  it('is not needed when the folder is deleted', async () => {
    rmSync(directory, { recursive: true });
    expect((await register()).status).toBe(201);
  });

  it('is refused in production', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    await expect(start()).rejects.toThrow('refuses to run with NODE_ENV=production');
  });

  it('is refused on a port that is taken, and anywhere but on loopback', async () => {
    await expect(start(idp.issuer)).rejects.toThrow('set OAUTH_ISSUER_URL to another port');
    await expect(start('https://login.example.com')).rejects.toThrow('http://localhost:3001');
    await expect(start('http://0.0.0.0:0')).rejects.toThrow('http://localhost:3001');
  });
});
