// Registering as real clients do: what they get, against what the server tells them to request.
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/doctor/finding.js';
import { complaints, createNetwork, examine, issuer, mcpUrl } from '../support/doctor.js';

type Registration = { scope?: string; application_type: string; redirect_uris: string[] };

/** A provider that answers registrations like this; the server asks for `a`. */
function registering(
  answer: (metadata: Registration, count: number) => Response,
  other: Parameters<typeof createNetwork>[0] = () => undefined,
) {
  let count = 0;
  return createNetwork((asked) =>
    asked.url.pathname === '/register' && asked.method === 'POST'
      ? answer(JSON.parse(asked.body), count++)
      : other(asked),
  );
}

const created = (metadata: object, changes: object = {}) =>
  Response.json({ ...metadata, client_id: 'c', ...changes }, { status: 201 });
const refused = (error: string, status = 400) => Response.json({ error }, { status });

async function examineRegistration({ tools }: ReturnType<typeof registering>): Promise<{
  wrong: string[];
  findings: readonly Finding[];
}> {
  const diagnosis = await examine(mcpUrl, { register: true }, tools);
  return { wrong: complaints(diagnosis), findings: diagnosis.findings };
}

it('registers what real clients register', async () => {
  const seen: Registration[] = [];
  const network = registering((metadata) => {
    seen.push(metadata);
    return created(metadata, { scope: 'a' });
  });
  expect((await examineRegistration(network)).wrong).toEqual([]);
  expect(seen.map(({ scope, application_type }) => [application_type, scope])).toEqual([
    ['native', undefined],
    ['native', 'a'],
    ['web', 'a'],
  ]);
  expect(seen.flatMap(({ redirect_uris }) => redirect_uris)).toEqual([
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//),
    expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\//),
    expect.stringMatching(/^http:\/\/localhost:\d+\//),
  ]);
});

describe('is told by its own identifier', () => {
  it.each<[string, Parameters<typeof registering>]>([
    ['registration-scope-fewer', [(m) => created(m, { scope: m.scope ?? 'b' })]],
    ['registration-scope-dropped', [(m) => created(m, { scope: 'b' })]],
    [
      'registration-needs-scope',
      [(m) => (m.scope ? created(m) : refused('invalid_client_metadata'))],
    ],
    ['registration-redirect', [() => refused('invalid_redirect_uri')]],
    [
      'registration-web',
      [(m) => (m.application_type === 'web' ? refused('invalid_redirect_uri') : created(m))],
    ],
    ['registration-invalid', [(m) => created(m, { client_id: undefined })]],
    ['registration-invalid', [() => new Response('<html>', { status: 200 })]],
    ['registration-closed', [() => refused('invalid_token', 401)]],
    ['registration-refused', [() => refused('access_denied', 403)]],
  ])('%s', async (id, given) => {
    expect((await examineRegistration(registering(...given))).wrong).toEqual([id]);
  });

  it('says which scopes to publish', async () => {
    const network = createNetwork(({ url, method, body }) => {
      if (url.pathname.includes('oauth-protected-resource')) {
        return Response.json({
          resource: mcpUrl,
          authorization_servers: [issuer],
          scopes_supported: ['profile', 'openid', 'email'],
        });
      }
      if (url.pathname !== '/register' || method !== 'POST') return undefined;
      const metadata = JSON.parse(body);
      return created(metadata, { scope: metadata.scope ?? 'email profile' });
    });
    const { findings } = await examineRegistration(network);
    expect(findings.find(({ id }) => id === 'registration-scope-fewer')?.seen).toEqual({
      'clients will request': 'profile, openid and email',
      'registered without scopes': 'email and profile',
      inconsistent: expect.stringContaining('the provider gives'),
      'the provider will refuse': 'openid',
      'put into scopes_supported': '["profile","email"]',
    });
  });

  it.each([
    ['with these scopes', 0, 'what the provider grants to nobody'],
    ['without scopes', 1, 'clients that register without scopes'],
  ])('says which side is inconsistent: registered %s', async (registered, refusals, side) => {
    let begun = 0;
    const network = registering(
      (metadata) => created(metadata),
      ({ url }) => {
        if (url.pathname !== '/authorize' || begun++ < refusals) return undefined;
        const location = `${url.searchParams.get('redirect_uri')}?error=invalid_scope&error_description=no`;
        return new Response(null, { status: 302, headers: { location } });
      },
    );
    const { findings, wrong } = await examineRegistration(network);
    expect(wrong).toEqual(['registration-scope-refused']);
    expect(findings.find(({ id }) => id === wrong[0])?.seen).toMatchObject({
      registered,
      requested: 'a',
      inconsistent: expect.stringContaining(side),
    });
  });

  it('finds out which scopes are refused', async () => {
    const network = createNetwork(({ url }) => {
      if (url.pathname.includes('oauth-protected-resource')) {
        return Response.json({
          resource: mcpUrl,
          authorization_servers: [issuer],
          scopes_supported: ['profile', 'openid', 'email'],
        });
      }
      if (url.pathname !== '/authorize') return undefined;
      const { searchParams } = url;
      if (!searchParams.get('scope')?.split(' ').includes('openid')) return undefined;
      const location = `${searchParams.get('redirect_uri')}?error=invalid_scope`;
      return new Response(null, { status: 302, headers: { location } });
    });
    const { findings, wrong } = await examineRegistration(network);
    expect(wrong[0]).toBe('registration-scope-refused');
    expect(findings.find(({ id }) => id === wrong[0])?.seen).toMatchObject({
      'the provider will refuse': 'openid',
      'put into scopes_supported': '["profile","email"]',
    });
  });

  it('requests a resource that the provider has to know', async () => {
    const requested: (string | null)[] = [];
    const network = registering(
      (metadata) => created(metadata),
      ({ url }) => {
        if (url.pathname === '/authorize') requested.push(url.searchParams.get('resource'));
        return undefined;
      },
    );
    await examineRegistration(network);
    expect(requested).toEqual([mcpUrl, mcpUrl]);
  });

  it('a login that needs a person is no refusal', async () => {
    const network = registering(
      (metadata) => created(metadata),
      ({ url }) => {
        if (url.pathname !== '/authorize') return undefined;
        const location = `${url.searchParams.get('redirect_uri')}?error=login_required`;
        return new Response(null, { status: 302, headers: { location } });
      },
    );
    expect((await examineRegistration(network)).wrong).toEqual([]);
  });

  it.each([
    ['registration-secret', { client_secret: 's', scope: 'a' }],
    ['registration-scope-silent', { scope: undefined }],
  ])('notes %s', async (id, changes) => {
    const { wrong, findings } = await examineRegistration(registering((m) => created(m, changes)));
    expect(wrong).toEqual([]);
    expect(findings.map((finding) => finding.id)).toContain(id);
  });
});

describe('afterwards', () => {
  const managed = (url: string) => (_: Registration, count: number) =>
    created(
      { scope: 'a' },
      {
        client_id: `c-${count}`,
        registration_client_uri: `${url}/${count}`,
        registration_access_token: 'a token of the registration',
      },
    );

  it('deletes the clients', async () => {
    const authorized: (string | null)[] = [];
    const network = registering(managed(`${issuer}/register`), ({ method, headers }) => {
      if (method !== 'DELETE') return undefined;
      authorized.push(headers.get('authorization'));
      return new Response(null, { status: 204 });
    });
    const { findings } = await examineRegistration(network);
    expect(findings.map(({ id }) => id)).not.toContain('registration-left');
    expect(network.asked.filter((request) => request.startsWith('DELETE'))).toEqual(
      [0, 1, 2].map((count) => `DELETE ${issuer}/register/${count}`),
    );
    expect(authorized).toEqual(Array(3).fill('Bearer a token of the registration'));
  });

  it('deletes them also when the person cancels', async () => {
    const person = new AbortController();
    let count = 0;
    const { tools, asked } = createNetwork(
      ({ url, method, body }) => {
        if (url.pathname !== '/register' || method !== 'POST') return undefined;
        if (count === 1) person.abort();
        return managed(`${issuer}/register`)(JSON.parse(body), count++);
      },
      { signal: person.signal },
    );
    await expect(examine(mcpUrl, { register: true }, tools)).rejects.toThrow('aborted');
    expect(asked.at(-1)).toBe(`DELETE ${issuer}/register/0`);
  });

  it('names those that are left', async () => {
    const network = registering(managed(`${issuer}/register`), ({ method }) =>
      method === 'DELETE' ? new Response(null, { status: 405 }) : undefined,
    );
    const { findings } = await examineRegistration(network);
    const left = findings.find(({ id }) => id === 'registration-left');
    expect(left?.seen).toEqual({ clients: 'c-0, c-1 and c-2' });
  });

  it('gives the token of a registration to nobody else', async () => {
    const network = registering(managed('https://mcp.example.com/register'));
    await examineRegistration(network);
    expect(network.asked.filter((request) => request.startsWith('DELETE'))).toEqual([]);
  });
});
