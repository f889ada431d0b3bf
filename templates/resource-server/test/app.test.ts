import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../src/app.js';
import { requestProblems, startupProblems } from '../src/auth/messages.js';
import { advertised } from '../src/auth/scope-names.js';
import { loadConfig } from '../src/config.js';
import { connectOverHttp, eras } from './support/client.js';
import { createIssuer } from './support/issuer.js';

const issuer = await createIssuer();
const config = loadConfig({
  PUBLIC_URL: 'https://mcp.example.com',
  ...issuer.environment,
  OAUTH_SCOPES: 'openid mcp:use offline_access',
});
const app = await createApp(config, issuer);
const requested = advertised(config.auth.scopes, config.auth.audiences);
const metadataUrl = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp';
const post = (headers: Record<string, string>, body = '{}') =>
  app(
    new Request('https://mcp.example.com/mcp', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    }),
  );

describe('the metadata', () => {
  it.each([metadataUrl, 'https://mcp.example.com/.well-known/oauth-protected-resource'])(
    'is at %s, for anybody',
    async (url) => {
      const response = await app(new Request(url, { headers: { origin: 'https://any.example' } }));
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
      expect(await response.json()).toEqual({
        resource: 'https://mcp.example.com/mcp',
        resource_name: expect.any(String),
        authorization_servers: ['https://login.example.com'],
        scopes_supported: requested,
        bearer_methods_supported: ['header'],
      });
    },
  );
});

it('knows its address from PUBLIC_URL alone', async () => {
  const headers = { host: 'localhost:3000', 'x-forwarded-host': 'evil.example' };
  const url = 'http://localhost:3000/.well-known/oauth-protected-resource/mcp';
  const metadata = await app(new Request(url, { headers }));
  expect(await metadata.json()).toMatchObject({ resource: 'https://mcp.example.com/mcp' });
  const refusal = await app(new Request('http://localhost:3000/mcp', { method: 'POST', headers }));
  expect(refusal.headers.get('www-authenticate')).toContain(metadataUrl);
});

describe('a refusal', () => {
  it('of a request without a token says where the login is, and no error', async () => {
    const response = await post({});
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer scope="${requested.join(' ')}", resource_metadata="${metadataUrl}"`,
    );
  });

  it('of a bad token says what is wrong with it', async () => {
    const elsewhere = { aud: 'https://other.example', client_id: 'another-client' };
    const response = await post({ authorization: `Bearer ${await issuer.sign(elsewhere)}` });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe(
      `Bearer error="invalid_token", error_description="The access token was issued for another audience", scope="${requested.join(' ')}", resource_metadata="${metadataUrl}"`,
    );
  });

  it.each(['Bearer', 'Bearer a b', 'Bearer "x"', 'Bearer ü'])(
    'of the header %j is a 400',
    async (authorization) => {
      const response = await post({ authorization });
      expect([response.status, await response.json()]).toMatchObject([
        400,
        { error: 'invalid_request' },
      ]);
    },
  );

  it.each(['Basic YTpi', 'Bearerx', ''])(
    'of the header %j is that of no token',
    async (authorization) => {
      expect((await post({ authorization })).status).toBe(401);
    },
  );

  it('does not look for tokens in the URL', async () => {
    const url = `https://mcp.example.com/mcp?access_token=${await issuer.sign()}`;
    expect((await app(new Request(url, { method: 'POST' }))).status).toBe(401);
  });

  it('is a 503 when the provider is what fails', async () => {
    const unlucky = await createIssuer(issuer.url);
    issuer.down = true;
    const response = await post({ authorization: `Bearer ${await unlucky.sign()}` });
    issuer.down = false;
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5']);
    expect(response.headers.get('www-authenticate')).toBeNull();
  });

  it('can be read by a browser client', async () => {
    const response = await post({ origin: 'http://localhost:6274' });
    expect(response.status).toBe(401);
    expect(response.headers.get('access-control-allow-origin')).toBe('http://localhost:6274');
    expect(response.headers.get('access-control-expose-headers')).toContain('WWW-Authenticate');
  });
});

it('answers preflights without a token', async () => {
  const response = await app(
    new Request('https://mcp.example.com/mcp', {
      method: 'OPTIONS',
      headers: {
        origin: 'http://localhost:6274',
        'access-control-request-headers': 'authorization',
      },
    }),
  );
  expect([response.status, response.headers.get('access-control-allow-headers')]).toEqual([
    204,
    'authorization',
  ]);
});

describe.each(eras)('a client of era %j', (era) => {
  const url = 'https://mcp.example.com/mcp';
  let token: string;
  beforeAll(async () => {
    token = await issuer.sign();
  });

  it('learns who it is', async () => {
    const client = await connectOverHttp(app, { url, era, token });
    const { structuredContent } = await client.callTool({ name: 'whoami', arguments: {} });
    expect(structuredContent).toMatchObject({ subject: 'ada', clientId: 'test-client' });
    await client.close();
  });
});

it('explains every problem in OAUTH.md', () => {
  const guide = readFileSync('OAUTH.md', 'utf8');
  for (const sentence of [...Object.values(startupProblems), ...Object.values(requestProblems)]) {
    expect(guide).toContain(`\n### ${sentence}\n`);
  }
});
