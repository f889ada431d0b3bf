import { expect, it } from 'vitest';
import { createGate } from '../src/auth/gate.js';
import { Refusal } from '../src/auth/problems.js';

const request = new Request('https://x.example', { headers: { authorization: 'Bearer token' } });
const challenge = { metadataUrl: 'https://x.example/"quoted"\n', scopes: ['a"b', 'c'] };

it('does not let a token through when checking it fails in an unexpected way', async () => {
  const gate = createGate(
    () => {
      throw new TypeError('a mistake');
    },
    [],
    challenge,
  );
  const response = (await gate(request)) as Response;
  expect(response.status).toBe(401);
  expect(await response.text()).not.toContain('a mistake');
});

it('keeps what would end a quoted string out of the challenge', async () => {
  const gate = createGate(
    async () => {
      throw new Refusal('token_expired');
    },
    [],
    challenge,
  );
  const response = (await gate(request)) as Response;
  expect(response.headers.get('www-authenticate')).toBe(
    'Bearer error="invalid_token", error_description="The access token has expired", scope="ab c", resource_metadata="https://x.example/quoted"',
  );
  expect(response.headers.get('cache-control')).toBe('no-store');
});

const authInfo = { token: 'token', clientId: 'client', scopes: ['a'] };

it('lets a remembered token through without waiting', () => {
  const gate = createGate(() => authInfo, ['a'], challenge);
  expect(gate(request)).toBe(authInfo);
});

it.each([
  ['remembered', () => authInfo],
  ['just verified', async () => authInfo],
])('refuses a %s token that lacks a scope', async (_, verify) => {
  const gate = createGate(verify, ['a', 'b'], challenge);
  const response = (await gate(request)) as Response;
  expect(response.status).toBe(403);
  expect(response.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
});
