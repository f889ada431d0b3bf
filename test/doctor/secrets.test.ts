// Secrets are not shown, and nobody can hide a part of the report by calling it a secret.
import { describe, expect, it } from 'vitest';
import { findingsOf } from '../../src/doctor/finding.js';
import { createSecrets } from '../../src/doctor/secrets.js';
import { createNetwork, examine, issuer, mcpUrl } from '../support/doctor.js';

const secret = 'sk_live_4f9d0c2b7a61e853';

it.each(['add', 'addIssued'] as const)('a secret is not shown, nor a piece of it: %s', (how) => {
  const secrets = createSecrets();
  secrets[how](secret);
  for (const text of [secret, secret.slice(0, 12), secret.slice(-8)]) {
    expect(secrets.redact(`before ${text} after`)).toBe('before [secret] after');
  }
});

describe('what a provider calls a secret', () => {
  it.each(['the MCP server', 'requested', 'invalid_scope', 'short-secret-15'])(
    'may not be a word: %j',
    (word) => {
      const secrets = createSecrets();
      secrets.addIssued(word);
      expect(secrets.redact(`It says ${word}.`)).toBe(`It says ${word}.`);
    },
  );

  it('may not be what was known before', () => {
    const secrets = createSecrets();
    secrets.spare(mcpUrl);
    secrets.addIssued(`${mcpUrl}${secret}`);
    expect(secrets.redact(mcpUrl)).toBe(mcpUrl);
    expect(secrets.redact(secret)).toBe('[secret]');
  });
});

it('names of ours are never secrets; addresses of strangers may have one in them', () => {
  const find = findingsOf({ x: { level: 'ok', title: 'X' } });
  const secrets = createSecrets();
  const label = 'put into scopes_supported';
  secrets.add(label);
  secrets.add(secret);
  const found = find('x', { [label]: secret, [`https://a.example/${secret}`]: 'seen' });
  expect(secrets.redactFinding(found).seen).toEqual({
    [label]: '[secret]',
    'https://a.example/[secret]': 'seen',
  });
});

it('a provider cannot blank the report by the secrets that it gives out', async () => {
  const words = [
    ...['clients-will-request', 'registered-without-scopes', 'put-into-scopes_supported'],
    ...[mcpUrl, `${issuer}/.well-known/openid-configuration`, 'http://127.0.0.1:53682/callback'],
  ];
  for (const client_secret of words) {
    const { tools } = createNetwork(({ url, body }) => {
      if (url.pathname === '/register') {
        const { redirect_uris, scope } = JSON.parse(body);
        if (redirect_uris[0].includes('localhost')) {
          return Response.json({ error: 'invalid_redirect_uri' }, { status: 400 });
        }
        const client = { client_id: 'c', client_secret, ...(scope && { scope }) };
        return Response.json(client, { status: 201 });
      }
      if (url.pathname !== '/authorize') return undefined;
      const location = 'http://127.0.0.1:53682/callback?error=invalid_target';
      return new Response(null, { status: 302, headers: { location } });
    });
    const { findings } = await examine(mcpUrl, { register: true }, tools);
    const refused = findings.find(({ id }) => id === 'registration-login-refused');
    expect(refused?.seen.resource).toBe(mcpUrl);
    expect(JSON.stringify(findings)).not.toContain('[secret]');
  }
});

it('a secret that the provider repeats is not shown', async () => {
  const { tools } = createNetwork(({ url }) => {
    if (url.pathname === '/register') {
      return Response.json({ client_id: 'c', client_secret: secret }, { status: 201 });
    }
    if (url.pathname !== '/authorize') return undefined;
    const location = `http://127.0.0.1:53682/callback?error=odd&error_description=${secret}`;
    return new Response(null, { status: 302, headers: { location } });
  });
  const { findings } = await examine(mcpUrl, { register: true }, tools);
  const refused = findings.find(({ id }) => id === 'registration-login-refused');
  expect(refused?.seen.message).toBe('[secret]');
});
