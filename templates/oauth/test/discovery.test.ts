import { describe, expect, it } from 'vitest';
import { discover, metadataLocations } from '../src/auth/discovery.js';
import { startupProblems } from '../src/auth/messages.js';
import { createIssuer } from './support/issuer.js';

/** What every way of checking tokens needs. */
const metadata = {
  issuer: 'https://login.example.com',
  authorization_endpoint: 'https://login.example.com/authorize',
  token_endpoint: 'https://login.example.com/token',
  jwks_uri: 'https://login.example.com/jwks',
  introspection_endpoint: 'https://login.example.com/introspect',
};

it('looks where MCP clients look, in their order', () => {
  expect(metadataLocations('https://login.example.com/')).toEqual([
    'https://login.example.com/.well-known/oauth-authorization-server',
    'https://login.example.com/.well-known/openid-configuration',
  ]);
  expect(metadataLocations('https://login.example.com/realms/acme')).toEqual([
    'https://login.example.com/.well-known/oauth-authorization-server/realms/acme',
    'https://login.example.com/.well-known/openid-configuration/realms/acme',
    'https://login.example.com/realms/acme/.well-known/openid-configuration',
  ]);
});

it.each([
  ...metadataLocations('https://login.example.com/a'),
  'https://login.example.com/a/.well-known/oauth-authorization-server',
])('finds metadata at %s only', async (location) => {
  const issuer = await createIssuer('https://login.example.com/a');
  issuer.documents = { [location]: { ...metadata, issuer: issuer.url } };
  expect(await discover(issuer.url, issuer)).toMatchObject({ issuer: issuer.url });
});

it.each([
  ['https://login.example.com', 'https://login.example.com/'],
  ['https://login.example.com/', 'https://login.example.com'],
])('takes %s for %s, and keeps the canonical spelling', async (configured, canonical) => {
  const issuer = await createIssuer(canonical);
  expect((await discover(configured, issuer)).issuer).toBe(canonical);
});

describe('refuses to start', () => {
  const start = async (documents: Record<string, unknown>, down = false) => {
    const issuer = await createIssuer();
    Object.assign(issuer, { documents, down });
    return discover(issuer.url, issuer);
  };
  const at = (document: unknown) =>
    start({ 'https://login.example.com/.well-known/openid-configuration': document });

  it('when nothing is there', async () => {
    await expect(start({})).rejects.toThrow(startupProblems.metadata_missing);
  });

  it('when nobody answers, naming the address, the reason and the variable', async () => {
    const failure = start({}, true);
    await expect(failure).rejects.toThrow(startupProblems.metadata_unreachable);
    await expect(failure).rejects.toThrow(/openid-configuration does not answer \(ECONNREFUSED\)/);
    await expect(failure).rejects.toThrow('OAUTH_ISSUER_URL is https://login.example.com');
  });

  it.each([
    ['a web page', new Response('<html>', { headers: { 'content-type': 'text/html' } })],
    ['more than metadata can be', new Response('x'.repeat(2 * 1024 ** 2))],
    ['a redirect', new Response(null, { status: 302, headers: { location: '/login' } })],
    ['nothing but an issuer', { issuer: metadata.issuer }],
    [
      'an address without https',
      {
        ...metadata,
        jwks_uri: 'http://x.example',
        introspection_endpoint: 'http://x.example',
      },
    ],
    ['no object', null],
  ])('when there is %s', async (_, document) => {
    await expect(at(document)).rejects.toThrow(startupProblems.metadata_invalid);
  });

  it.each(['https://evil.example', 'https://login.example.com//', 'https://LOGIN.example.com'])(
    'when the metadata belongs to %s',
    async (found) => {
      const failure = at({ ...metadata, issuer: found });
      await expect(failure).rejects.toThrow(startupProblems.issuer_mismatch);
      await expect(failure).rejects.toThrow(found);
    },
  );
});
