import { describe, expect, it } from 'vitest';
import { createApp } from '../src/app.js';
import { advertised } from '../src/auth/scope-names.js';
import { loadConfig } from '../src/config.js';
import { connectOverHttp, eras } from './support/client.js';
import { createIssuer, scopeClaim } from './support/issuer.js';

const issuer = await createIssuer();
const config = loadConfig({
  PUBLIC_URL: 'https://mcp.example.com',
  ...issuer.environment,
  OAUTH_SCOPES: 'openid mcp:use offline_access',
});
const app = await createApp(config, issuer);
const url = 'https://mcp.example.com/mcp';
const metadataUrl = 'https://mcp.example.com/.well-known/oauth-protected-resource/mcp';
const post = (token: string) =>
  app(new Request(url, { method: 'POST', headers: { authorization: `Bearer ${token}` } }));

describe('a refusal', () => {
  it('of a token with too little scope says what is needed', async () => {
    const response = await post(await issuer.sign({ [scopeClaim]: 'openid' }));
    expect(response.status).toBe(403);
    const challenge = response.headers.get('www-authenticate');
    const requested = advertised(config.auth.scopes, config.auth.audiences);
    expect(challenge).toContain('error="insufficient_scope"');
    expect(challenge).toContain(`scope="${requested.join(' ')}"`);
  });

  it('of an expired token with too little scope is about the expiry', async () => {
    expect((await post(await issuer.sign({ exp: 1, [scopeClaim]: '' }))).status).toBe(401);
  });
});

describe.each(eras)('a client of era %j', (era) => {
  it('is sent to ask for a scope that a tool needs', async () => {
    const responses: Response[] = [];
    const spy = async (request: Request) => {
      const response = await app(request);
      responses.push(response.clone());
      return response;
    };
    const client = await connectOverHttp(spy, { url, era, token: await issuer.sign() });
    await expect(client.callTool({ name: 'server_status', arguments: {} })).rejects.toThrow();
    const challenge = responses.at(-1);
    expect(challenge?.status).toBe(403);
    expect(challenge?.headers.get('www-authenticate')).toMatch(/insufficient_scope/);
    const needed = advertised(['mcp:admin', 'openid', 'mcp:use'], config.auth.audiences).join(' ');
    expect(challenge?.headers.get('www-authenticate')).toContain(`scope="${needed}"`);
    expect(challenge?.headers.get('www-authenticate')).toContain(metadataUrl);
    await client.close();
  });

  it('may use such a tool with the scope', async () => {
    const admin = await issuer.sign({ [scopeClaim]: 'mcp:admin' });
    const client = await connectOverHttp(app, { url, era, token: admin });
    const result = await client.callTool({ name: 'server_status', arguments: {} });
    expect(result.structuredContent).toHaveProperty('version');
    await client.close();
  });
});
