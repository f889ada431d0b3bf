// A token: what is wrong with it, told claim by claim, and never shown.
import fc from 'fast-check';
import { type CryptoKey, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeDiagnosis, diagnosisToJson } from '../../src/doctor/report.js';
import { type Diagnosis, diagnose } from '../../src/doctor/run.js';
import { createSecrets } from '../../src/doctor/secrets.js';
import { unwrapToken } from '../../src/doctor/token-form.js';
import { providers } from '../../src/providers/index.js';
import { createStyle } from '../../src/terminal.js';
import { simulations } from '../simulations/index.js';
import { complaints, createNetwork, createTools, examine, mcpUrl } from '../support/doctor.js';
import { type Faults, type McpServer, startMcpServer } from '../support/mcp-server.js';
import { type Provider, startSimulation } from '../support/simulation.js';
import type { Simulation, TokenShape } from '../support/simulation-data.js';
import { presetOf } from '../support/simulation-preset.js';
import { Recorder } from '../support/world.js';

const oidc = providers[0];
if (oidc === undefined) throw new Error('There are no presets');
const preset = presetOf(oidc);
const minute = 60;
const soon = () => Math.floor(Date.now() / 1000);

const refusing: Faults = {
  judge: () => ({
    status: 401,
    headers: { 'www-authenticate': 'Bearer error="invalid_token", error_description="no"' },
  }),
};

/** A server and its provider, a token, and what is said about it. */
async function examineToken(
  shape: TokenShape | ((simulation: Provider, server: McpServer) => string | Promise<string>),
  faults: Faults = refusing,
  data: Partial<Simulation> = {},
): Promise<Diagnosis> {
  await using simulation = await startSimulation(preset, {
    ...(simulations.oidc as Simulation),
    ...data,
  });
  await using server = await startMcpServer({ issuer: simulation.issuer, ...faults });
  simulation.endpoint = server.url;
  const token =
    typeof shape === 'function'
      ? await shape(simulation, server)
      : await simulation.accessToken({
          ...shape,
          claims: { scope: 'mcp:use', ...shape.claims },
        });
  return await examine(server.url, { token });
}

/** The same, at a server without the metadata. */
const examineWithoutMetadata = (shape: TokenShape) =>
  examineToken(shape, {
    ...refusing,
    answer: ({ path }) => (path.includes('oauth-protected') ? { status: 404 } : undefined),
  });

const claims = (changes: Record<string, unknown>): TokenShape => ({ claims: changes });

let otherKey: CryptoKey;
beforeAll(async () => {
  otherKey = (await generateKeyPair('ES256')).privateKey;
});

describe('a token that the server refuses', () => {
  it.each<[string, string, Parameters<typeof examineToken>[0]]>([
    ['opaque', 'token-opaque', { form: 'opaque' }],
    ['encrypted', 'token-encrypted', { form: 'encrypted' }],
    ['an ID token', 'token-is-id-token', { kind: 'id', claims: { nonce: 'n', scope: undefined } }],
    [
      'an ID token by its use',
      'token-is-id-token',
      { header: { typ: 'JWT' }, ...claims({ token_use: 'id' }) },
    ],
    [
      'a refresh token',
      'token-is-refresh-token',
      { header: { typ: 'JWT' }, ...claims({ typ: 'Refresh' }) },
    ],
    ['a logout token', 'token-kind', { header: { typ: 'logout+jwt' } }],
    ['signed with a shared secret', 'token-algorithm', { key: 'secret' }],
    [
      'not signed',
      'token-algorithm',
      ({ issuer }) => new UnsecuredJWT({ scope: 'a' }).setIssuer(issuer).encode(),
    ],
    ['of another issuer', 'token-issuer', claims({ iss: 'https://other.example' })],
    ['of nobody', 'token-issuer', claims({ iss: undefined })],
    ['signed with an unknown key', 'token-key-unknown', { key: 'never' }],
    [
      'changed on the way',
      'token-signature',
      async ({ issuer, facts }) =>
        new SignJWT({ scope: 'mcp:use', client_id: 'c' })
          .setProtectedHeader({ alg: 'ES256', kid: 'ES256-first', typ: 'at+jwt' })
          .setIssuer(issuer)
          .setAudience(facts.endpoint)
          .setExpirationTime('1h')
          .sign(otherKey),
    ],
    ['for nobody', 'token-audience-absent', claims({ aud: undefined })],
    ['for another server', 'token-audience', claims({ aud: ['https://other.example/mcp'] })],
    [
      'so old that its key is gone',
      'token-expired',
      { key: 'never', claims: { exp: soon() - 10 * minute } },
    ],
    ['expired', 'token-expired', claims({ exp: soon() - 10 * minute })],
    ['without an end', 'token-expiry-absent', claims({ exp: undefined })],
    ['not valid yet', 'token-early', claims({ nbf: soon() + 10 * minute })],
    ['damaged', 'token-malformed', () => 'eyJhbGciOiJFUzI1NiJ9.e30x.AAAA'],
    ['good, as far as anybody can see', 'token-refused', {}],
    ['nearly expired', 'token-refused', claims({ exp: soon() - 10 })],
  ])('%s: %s', async (_name, id, shape) => {
    expect(complaints(await examineToken(shape))).toEqual([id]);
  });

  it('says what was expected and what was found', async () => {
    const diagnosis = await examineToken(claims({ aud: 'https://other.example/mcp' }));
    expect(diagnosis.findings.find(({ id }) => id === 'token-audience')?.seen).toEqual({
      claim: 'aud',
      expected: diagnosis.url,
      found: 'https://other.example/mcp',
    });
  });

  it('sees the slash in the issuer', async () => {
    const diagnosis = await examineToken(({ issuer, accessToken }) =>
      accessToken({ claims: { iss: `${issuer}/` } }),
    );
    expect(complaints(diagnosis)).toEqual(['token-issuer-slash']);
  });

  it('sees the slash in the audience', async () => {
    const diagnosis = await examineToken(({ accessToken }, { url }) =>
      accessToken({ claims: { aud: `${url}/` } }),
    );
    expect(complaints(diagnosis)).toEqual(['token-audience-slash']);
  });

  it('tells the time in words', async () => {
    const diagnosis = await examineToken(claims({ exp: soon() - 7200 }));
    const { found } = diagnosis.findings.find(({ id }) => id === 'token-expired')?.seen ?? {};
    expect(found).toMatch(/Z, 2 hours ago$/);
  });

  it.each([1e300, -1e300, Number.MAX_SAFE_INTEGER, 'tomorrow', null])(
    'survives the expiry %j',
    async (exp) => {
      expect(complaints(await examineToken(claims({ exp })))).toHaveLength(1);
    },
  );

  it('is looked at even if nobody knows who issued it', async () => {
    const diagnosis = await examineWithoutMetadata(claims({ exp: 1 }));
    expect(complaints(diagnosis)).toEqual(['metadata-missing', 'token-expired']);
  });

  it('lacks a scope', async () => {
    const diagnosis = await examineToken(claims({ scope: 'openid' }), {
      judge: () => ({
        status: 403,
        headers: { 'www-authenticate': 'Bearer error="insufficient_scope"' },
      }),
    });
    expect(complaints(diagnosis)).toEqual(['token-scope']);
    expect(diagnosis.findings.find(({ id }) => id === 'token-scope')?.seen).toMatchObject({
      missing: 'mcp:use',
      granted: 'openid',
    });
  });

  it('is answered by a failure', async () => {
    const failing: Faults = { judge: () => ({ status: 500 }) };
    expect(complaints(await examineToken({}, failing))).toEqual(['token-fails']);
    const expired = claims({ exp: 1 });
    expect(complaints(await examineToken(expired, failing))).toEqual([
      'token-expired',
      'token-fails',
    ]);
  });
});

describe('a token that the server accepts', () => {
  it('is good', async () => {
    const diagnosis = await examineToken({}, {});
    expect(complaints(diagnosis)).toEqual([]);
    const ids = diagnosis.findings.map(({ id }) => id);
    expect(ids).toEqual(expect.arrayContaining(['token-accepted', 'eras-both']));
  });

  it('may be opaque: the server asks the provider', async () => {
    expect(complaints(await examineToken({ form: 'opaque' }, {}))).toEqual([]);
  });

  it('may name the server with a slash at the end', async () => {
    const slashed = async (simulation: Provider, { url }: McpServer) =>
      simulation.accessToken({ claims: { scope: 'mcp:use', aud: `${url}/` } });
    expect(complaints(await examineToken(slashed, {}))).toEqual([]);
    expect(complaints(await examineToken(slashed))).toEqual(['token-audience-slash']);
  });

  it.each<[string, TokenShape]>([
    ['token-hole', claims({ exp: 1 })],
    ['token-hole', { key: 'secret' }],
    ['token-foreign', claims({ aud: 'https://other.example' })],
  ])('is not good: %s', async (id, shape) => {
    expect(complaints(await examineToken(shape, {}))).toEqual([id]);
  });
});

it('is good, and the server never got it', async () => {
  // As if a proxy had dropped the header: the answer is the one without a token.
  const unseen: Faults = {
    answer: ({ path, method }, { origin }) => {
      if (path !== '/mcp' || method !== 'POST') return undefined;
      const metadata = `${origin}/.well-known/oauth-protected-resource/mcp`;
      const challenge = `Bearer scope="mcp:use", resource_metadata="${metadata}"`;
      const headers = {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'www-authenticate',
        'www-authenticate': challenge,
      };
      return { status: 401, headers, body: 'Log in' };
    },
  };
  expect(complaints(await examineToken({}, unseen))).toEqual(['token-unseen']);
  expect(complaints(await examineToken({}))).toEqual(['token-refused']);
  // What is wrong with it by itself explains more.
  expect(complaints(await examineToken(claims({ exp: 1 }), unseen))).toEqual(['token-expired']);
});

it('is of another issuer, whose audiences do not matter', async () => {
  const foreign = claims({ iss: 'https://other.example', aud: 'https://another.example' });
  expect(complaints(await examineToken(foreign))).toEqual(['token-issuer']);
});

it('is for the server that the metadata names, if that is another one', async () => {
  const resource = 'https://other.example/mcp';
  const metadata: Faults['metadata'] = (usual) => ({ ...usual, resource });
  const diagnosis = await examineToken(claims({ aud: resource }), { ...refusing, metadata });
  expect(complaints(diagnosis)).not.toContain('token-audience');
  expect(complaints(diagnosis)[0]).toBe('resource-host');
});

describe('where it goes', () => {
  it('to the endpoint, and nowhere else', async () => {
    await using simulation = await startSimulation(preset, simulations.oidc as Simulation);
    await using elsewhere = await startMcpServer();
    await using server = await startMcpServer({
      issuer: simulation.issuer,
      judge: () => ({ status: 307, headers: { location: elsewhere.url } }),
    });
    const token = await simulation.accessToken();
    await examine(server.url, { token });
    expect(server.credentials).toEqual([`/mcp Bearer ${token}`, `/mcp Bearer ${token}`]);
    expect(elsewhere.credentials).toEqual([]);
  });

  it('nowhere, if no header could carry it', async () => {
    await using simulation = await startSimulation(preset, simulations.oidc as Simulation);
    await using server = await startMcpServer({ issuer: simulation.issuer });
    const diagnosis = await examine(server.url, { token: 'two words\nand a line' });
    expect(complaints(diagnosis)).toEqual(['token-opaque']);
    expect(server.credentials).toEqual([]);
  });

  it('not where others could read it on the way', async () => {
    const tokens: (string | null)[] = [];
    const { tools } = createNetwork(({ headers }) => {
      tokens.push(headers.get('authorization'));
      return undefined;
    });
    const plain = mcpUrl.replace('https:', 'http:');
    const visit = () => expect.unreachable('The token of a login would be sent as well');
    const login = { signal: new AbortController().signal, patience: 60_000, visit };
    for (const target of [{ token: 'a-secret-token' }, { login }]) {
      const diagnosis = await examine(plain, target, tools);
      expect(complaints(diagnosis)[0]).toBe('endpoint-not-https');
      expect(diagnosis.skipped.join()).toContain('plain http');
    }
    expect(tokens.filter((token) => token !== null)).toEqual([]);
    expect(tokens.length).toBeGreaterThan(5);
  });

  it('not if it is for the provider alone', async () => {
    await using simulation = await startSimulation(preset, simulations.oidc as Simulation);
    await using server = await startMcpServer({ issuer: simulation.issuer });
    const header = { typ: 'JWT' };
    const token = await simulation.accessToken({ header, claims: { typ: 'Refresh' } });
    expect(complaints(await examine(server.url, { token }))).toEqual(['token-is-refresh-token']);
    expect(server.credentials).toEqual([]);
  });

  it('not to a server that asks for none', async () => {
    await using server = await startMcpServer();
    await examine(server.url, { token: 'a-secret-token' });
    expect(server.credentials).toEqual([]);
  });
});

it('is never shown, whatever it is and whatever the server makes of it', {
  timeout: 60_000,
}, async () => {
  await using server = await startMcpServer({
    issuer: 'http://localhost:9/none',
    // Servers repeat tokens, whole and in parts, in whatever they say.
    judge: (token) => {
      const quotable = token.replace(/[^\x20-\x7e]|["\\]/g, '');
      return {
        status: token.length % 2 === 0 ? 401 : 403,
        headers: {
          'www-authenticate': `Bearer error="${quotable}", error_description="bad ${quotable.slice(3, 60)}"`,
        },
        body: { error: token, error_description: `bad token ${token}` },
      };
    },
  });
  const character = fc.constantFrom(
    ...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  );
  const part = fc.string({ unit: character, minLength: 12, maxLength: 80 });
  const opaque = part;
  const dotted = fc.array(part, { minLength: 3, maxLength: 5 }).map((parts) => parts.join('.'));
  const jwt = fc
    .tuple(fc.object({ maxDepth: 1 }), fc.object({ maxDepth: 1 }), part)
    .map(([header, payload, signature]) =>
      [{ alg: 'ES256', ...header }, payload]
        .map((value) => Buffer.from(JSON.stringify(value)).toString('base64url'))
        .concat(signature)
        .join('.'),
    );
  await fc.assert(
    fc.asyncProperty(fc.oneof(opaque, dotted, jwt), async (token) => {
      const target = { url: server.url, register: false, token };
      const diagnosis = await diagnose(target, createSecrets(), createTools());
      const text = describeDiagnosis(diagnosis, createStyle(new Recorder(), {}));
      const shown = text + JSON.stringify(diagnosisToJson(diagnosis));
      for (const secret of [token, ...token.split('.').filter((each) => each.length > 20)]) {
        expect(shown).not.toContain(secret);
        expect(shown).not.toContain(secret.slice(0, 12));
        expect(shown).not.toContain(secret.slice(-12));
      }
    }),
    { numRuns: 60 },
  );
});

describe('what people paste', () => {
  it.each([
    ['abc', { token: 'abc' }],
    ['  abc\n', { token: 'abc' }],
    ['"abc"', { token: 'abc' }],
    ['Bearer abc', { token: 'abc', wrapped: 'the value of a header' }],
    ['Authorization: Bearer abc', { token: 'abc', wrapped: 'the value of a header' }],
    [
      '{"access_token":"abc","id_token":"x"}',
      { token: 'abc', wrapped: 'the access_token of a token response' },
    ],
    ['{"id_token":"x"}', undefined],
    ['{', undefined],
    ['', undefined],
    ['Bearer ', { token: 'Bearer' }],
  ])('%j', (text, expected) => {
    expect(unwrapToken(text)).toEqual(expected);
  });
});
