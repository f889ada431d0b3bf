// Whatever servers and providers say, the doctor comes to an end, and says only what can be shown.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeDiagnosis, diagnosisToJson } from '../../src/doctor/report.js';
import { diagnose } from '../../src/doctor/run.js';
import { createSecrets } from '../../src/doctor/secrets.js';
import { createStyle } from '../../src/terminal.js';
import { createNetwork, issuer, mcpUrl } from '../support/doctor.js';
import { Recorder } from '../support/world.js';

/** Any JSON, mostly of the kinds that are nearly right. */
const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom(...[mcpUrl, issuer, `${issuer}/`, 'http://[::1]:1/', 'https://a/\u001b[2J']),
  fc.array(fc.string({ unit: 'binary' }), { maxLength: 3 }),
  fc.string({ unit: 'binary', maxLength: 400 }),
);
const documentOf = (...members: string[]) =>
  fc.record(Object.fromEntries(members.map((name) => [name, odd])), { requiredKeys: [] });
const resource = documentOf('resource', 'authorization_servers', 'scopes_supported');
const server = documentOf(
  ...['authorization_endpoint', 'token_endpoint', 'registration_endpoint', 'jwks_uri'],
  ...['code_challenge_methods_supported', 'grant_types_supported', 'response_types_supported'],
  ...['scopes_supported', 'issuer'],
);
const key = documentOf('kty', 'crv', 'n', 'e', 'x', 'y', 'kid', 'use', 'alg', 'd', 'k');
const client = documentOf(
  ...['client_id', 'client_secret', 'scope', 'registration_client_uri'],
  ...['registration_access_token', 'token_endpoint_auth_method', 'error', 'error_description'],
);
const claims = documentOf(
  ...['iss', 'aud', 'exp', 'nbf', 'scope', 'scp', 'tid', 'typ', 'token_use', 'client_id', 'azp'],
);
const header = fc.string({
  unit: fc.constantFrom(...'Bearer resource_metadata="https://a,b=c \\'),
});

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Everything about a scene is hostile, or only some of it, so that later checks are reached too. */
const scene = fc.record({
  challenge: fc.option(header, { nil: undefined }),
  resource: fc.option(resource, { nil: undefined }),
  server: fc.option(server, { nil: undefined }),
  keys: fc.array(fc.oneof(key, odd), { maxLength: 3 }),
  client: fc.option(client, { nil: undefined }),
  claims,
  tokenHeader: documentOf('alg', 'typ', 'kid', 'enc'),
  refusal: documentOf('error', 'error_description', 'jsonrpc', 'result'),
  status: fc.constantFrom(200, 201, 302, 400, 401, 403, 404, 429, 500, 503),
});

describe('whatever is answered', () => {
  it('the report is complete and clean', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(scene, async (given) => {
        const { tools } = createNetwork(({ url, method, headers }) => {
          if (url.pathname.includes('oauth-protected-resource')) {
            return given.resource && Response.json(given.resource);
          }
          if (url.hostname === 'mcp.example.com' && method === 'POST') {
            if (headers.has('authorization')) {
              return Response.json(given.refusal, { status: given.status });
            }
            const value = given.challenge?.replace(/[^\x20-\x7e]/g, '').trim();
            const authenticate = value ? { 'www-authenticate': value } : {};
            return given.challenge === undefined
              ? undefined
              : new Response(null, { status: 401, headers: authenticate });
          }
          if (url.pathname === '/.well-known/openid-configuration' && given.server) {
            return Response.json({ issuer, jwks_uri: `${issuer}/jwks`, ...given.server });
          }
          if (url.pathname === '/jwks') return Response.json({ keys: given.keys });
          if (url.pathname === '/register' && given.client) {
            return Response.json(given.client, { status: given.status });
          }
          return undefined;
        });
        const token = `${encode({ alg: 'ES256', ...given.tokenHeader })}.${encode(given.claims)}.c2ln`;
        const target = { url: mcpUrl, register: true };
        for (const more of [{}, { token }]) {
          const diagnosis = await diagnose({ ...target, ...more }, createSecrets(), tools);
          const text = describeDiagnosis(diagnosis, createStyle(new Recorder(), {}));
          expect(text).toMatch(/^Diagnosis of /);
          expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
          expect(JSON.parse(JSON.stringify(diagnosisToJson(diagnosis)))).toHaveProperty('first');
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a provider with more scopes than fit into a request gets no such request', async () => {
    const scopes = Array.from({ length: 50_000 }, (_, n) => `s${n}`);
    const { tools, asked, bodies } = createNetwork(({ url }) => {
      if (url.pathname.includes('oauth-protected-resource')) {
        return Response.json({ resource: mcpUrl, authorization_servers: [issuer] });
      }
      if (url.pathname !== '/.well-known/oauth-authorization-server') return undefined;
      return Response.json({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        registration_endpoint: `${issuer}/register`,
        scopes_supported: scopes,
      });
    });
    await diagnose({ url: mcpUrl, register: true }, createSecrets(), tools);
    expect(asked).toContain(`POST ${issuer}/register`);
    for (const sent of [...asked, ...bodies]) expect(sent.length).toBeLessThan(4_000);
  });

  it.each([
    ['nested without end', '['.repeat(500_000)],
    ['an object nested without end', `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`],
    [
      'a million servers',
      `{"authorization_servers":[${'"https://a",'.repeat(80_000)}"https://a"]}`,
    ],
    ['a million members', `{${Array.from({ length: 90_000 }, (_, n) => `"${n}":1`).join()}}`],
  ])('a document that is %s does not hold it up', async (_name, body) => {
    const { tools, asked } = createNetwork(({ url }) =>
      url.pathname.includes('.well-known')
        ? new Response(body, { headers: { 'content-type': 'application/json' } })
        : undefined,
    );
    const target = { url: mcpUrl, register: false };
    const diagnosis = await diagnose(target, createSecrets(), tools);
    describeDiagnosis(diagnosis, createStyle(new Recorder(), {}));
    expect(asked.length).toBeLessThan(40);
  });
});
