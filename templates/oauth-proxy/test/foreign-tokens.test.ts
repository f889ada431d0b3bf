// Only access tokens that this server has issued for itself open the endpoint (RFC 9068 §4).
import { createHmac, createPublicKey } from 'node:crypto';
import {
  decodeJwt,
  decodeProtectedHeader,
  exportJWK,
  generateKeyPair,
  importJWK,
  SignJWT,
} from 'jose';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { deriveKeys } from '../src/store/keys.js';
import { McpClient, use } from './support/mcp-client.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

type Members = Record<string, unknown>;

const world = useWorld();
/** A good token. */
let good: string;
let claims: Members;
let header: Members;

beforeEach(async () => {
  good = (await (await McpClient.register(world.server)).connect()).access_token;
  claims = decodeJwt(good);
  header = decodeProtectedHeader(good) as Members;
});

const ownKey = () => {
  const [key] = deriveKeys(world.server.config.auth.secrets).signing;
  if (key === undefined) throw new Error('There is no key');
  return key;
};

/** Signed with this server's own key; undefined leaves a member out. */
async function sign(changes: Members = {}, headers: Members = {}): Promise<string> {
  const all = JSON.parse(JSON.stringify({ ...claims, ...changes })) as Members;
  return new SignJWT(all)
    .setProtectedHeader(JSON.parse(JSON.stringify({ ...header, ...headers })))
    .sign(await importJWK(ownKey(), 'ES256'), { crit: { x: true } });
}

async function expectRefusal(token: string, what = '') {
  const { status, challenge, body } = await use(world.server, token);
  expect([what, status, body]).toMatchObject([what, 401, { error: 'invalid_token' }]);
  expect(challenge).toMatch(/error="invalid_token".*resource_metadata="/);
}

it('a good token that is signed again is good, so it is the change that counts', async () => {
  expect((await use(world.server, good)).status).toBe(200);
  expect((await use(world.server, await sign())).status).toBe(200);
});

describe('a token is refused', () => {
  it('whose claims are not those of a token for this server', async () => {
    for (const changes of [
      { aud: 'https://other.example/mcp' },
      { aud: ['https://other.example/mcp', 'https://x.example'] },
      { aud: 'http://localhost' },
      { aud: undefined },
      { iss: 'https://attacker.example' },
      { iss: undefined },
      { exp: undefined },
      { nbf: 9_999_999_999 },
      { sub: undefined },
      { client_id: undefined },
      { sid: undefined },
    ]) {
      await expectRefusal(await sign(changes), JSON.stringify(changes));
    }
  });

  it.each([
    [{ iss: 'https://attacker.example' }, 'The token comes from another issuer'],
    [{ aud: 'https://other.example/mcp' }, 'The access token was issued for another audience'],
  ])('with the reason: %j', async (changes, reason) => {
    expect((await use(world.server, await sign(changes))).challenge).toContain(reason);
  });

  it('whose header is not that of an access token of ours', async () => {
    for (const headers of [
      { typ: 'JWT' },
      { typ: 'logout+jwt' },
      { typ: undefined },
      { crit: ['x'], x: 1 },
      { kid: 'other' },
    ]) {
      await expectRefusal(await sign({}, headers), JSON.stringify(headers));
    }
  });

  it('signed by somebody else, under the name of our key or with a key that it brings', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), use: 'sig', alg: 'ES256' };
    const jku = 'https://attacker.example/jwks';
    for (const headers of [{}, { jwk }, { jku }, { jwk, kid: undefined }, { kid: 'x', jku }]) {
      const all = JSON.parse(JSON.stringify({ ...header, ...headers }));
      await expectRefusal(await new SignJWT(claims).setProtectedHeader(all).sign(privateKey));
    }
  });

  it('that is not signed', async () => {
    const [, payload] = good.split('.');
    for (const alg of ['none', 'None', 'NONE', 'ES256']) {
      await expectRefusal(`${encode({ ...header, alg })}.${payload}.`);
    }
  });

  it('signed with what everybody knows: the public key, taken for a secret', async () => {
    const { d: _, ...jwk } = ownKey();
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const [, payload] = good.split('.');
    for (const secret of [
      JSON.stringify(jwk),
      key.export({ format: 'pem', type: 'spki' }),
      key.export({ format: 'der', type: 'spki' }),
      Buffer.from(jwk.x, 'base64url'),
    ]) {
      const signed = `${encode({ ...header, alg: 'HS256' })}.${payload}`;
      const signature = createHmac('sha256', secret).update(signed).digest('base64url');
      await expectRefusal(`${signed}.${signature}`);
    }
  });

  it('whose claims were changed', async () => {
    const [first, , last] = good.split('.');
    await expectRefusal(`${first}.${encode({ ...claims, scope: 'mcp:use mcp:admin' })}.${last}`);
  });

  it('after ten minutes, and half a minute for clocks', async () => {
    world.elapse(629);
    expect((await use(world.server, good)).status).toBe(200);
    world.elapse(2);
    await expectRefusal(good);
  });

  it('that is an ID token of ours, a refresh token or a code', async () => {
    const client = await McpClient.register(world.server);
    const code = await client.code(world.browser, { scope: 'openid mcp:use' });
    await expectRefusal(code);
    const { body } = await client.exchange(code);
    expect(decodeJwt(String(body.id_token))).toMatchObject({ sub: 'ada', aud: client.id });
    for (const token of [body.id_token, body.refresh_token]) await expectRefusal(String(token));
  });

  it('of the provider, of whatever kind', async () => {
    const { issued } = world.upstream;
    expect(issued).toHaveLength(3);
    for (const token of issued) await expectRefusal(token);
  });

  it('of a server with another secret', async () => {
    const other = await world.server.restart({ AUTH_SECRET: 's'.repeat(43) });
    world.server = other;
    await expectRefusal(good);
  });
});

it('a token in the address is not looked at', async () => {
  const { endpoint, fetch } = world.server;
  const response = await fetch(`${endpoint}?access_token=${good}`, { method: 'POST' });
  expect(response.status).toBe(401);
  expect(response.headers.get('www-authenticate')).not.toContain('error=');
});

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
