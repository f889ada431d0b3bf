import { rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { resource, useDevIdp } from '../support/dev-idp.js';

const idp = useDevIdp();

describe('metadata', () => {
  it('is the same for OpenID Connect and RFC 8414, on every loopback address', async () => {
    const { port } = new URL(idp.issuer);
    const read = async (url: string) => (await fetch(url)).json();
    const openid = await read(`${idp.issuer}/.well-known/openid-configuration`);
    expect(openid).toMatchObject({
      issuer: idp.issuer,
      authorization_endpoint: `${idp.issuer}/authorize`,
      token_endpoint: `${idp.issuer}/token`,
      registration_endpoint: `${idp.issuer}/register`,
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

describe('starting', () => {
  it('keeps the file to the user, and replaces a damaged one', async () => {
    const file = join(idp.directory, 'state.json');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    await idp.stop();
    writeFileSync(file, '{ "version": 1');
    await idp.start();
    expect(idp.lines.join('\n')).toContain('state.json.damaged');
    expect((await idp.register()).status).toBe(201);
  });

  it('is not needed when the folder is deleted', async () => {
    rmSync(idp.directory, { recursive: true });
    expect((await idp.register()).status).toBe(201);
  });

  it('is refused in production', async () => {
    vi.stubEnv('NODE_ENV', 'production');
    await expect(idp.open('http://localhost:0')).rejects.toThrow(
      'refuses to run with NODE_ENV=production',
    );
  });

  it('is refused on a port that is taken, and anywhere but on loopback', async () => {
    await expect(idp.open(idp.issuer)).rejects.toThrow('set OAUTH_ISSUER_URL to another port');
    await expect(idp.open('https://login.example.com')).rejects.toThrow('http://localhost:3001');
    await expect(idp.open('http://0.0.0.0:0')).rejects.toThrow('http://localhost:3001');
  });
});
