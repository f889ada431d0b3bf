import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createScopeNames, grantable } from '../src/upstream/scope-names.js';
import { createFakeProvider, logIn } from './support/fake-provider.js';
import { describeProvider, likeEntra, likeGoogle } from './support/provider-data.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

beforeEach(() => describeProvider());

describe('names with a prefix', () => {
  const about = ['openid', 'profile', 'email', 'offline_access'];
  beforeEach(() => describeProvider(likeEntra));

  it.each([
    ['read', 'api://app-1/read'],
    // A dot says nothing.
    ['my.scope', 'api://app-1/my.scope'],
    ['User.Read', 'api://app-1/User.Read'],
    ['https://graph.microsoft.com/User.Read', 'https://graph.microsoft.com/User.Read'],
    ['api://other/read', 'api://other/read'],
    [
      '00000003-0000-0000-c000-000000000000/Mail.Read',
      '00000003-0000-0000-c000-000000000000/Mail.Read',
    ],
    ...about.map((scope): [string, string] => [scope, scope]),
  ])('%s goes out as %s, and comes back', (plain, full) => {
    const names = createScopeNames('app-1');
    expect(names.toProvider([plain])).toEqual([full]);
    expect(names.toPlain([full])).toEqual([plain]);
    expect(names.granted(full, [])).toEqual([plain]);
  });

  it('are understood in settings as well', async () => {
    const fake = await createFakeProvider();
    const upstreamScopes = ['read', 'api://this-server/write', 'openid'];
    const upstream = await fake.upstream({ upstreamScopes });
    expect(upstream.scopes).toEqual(['read', 'write', 'openid']);
    const { url, pending } = await upstream.begin(upstream.scopes);
    const asked = 'api://this-server/read api://this-server/write openid';
    expect(url.searchParams.get('scope')).toBe(asked);
    expect(pending.scopes).toEqual(['read', 'write', 'openid']);
  });
});

describe('what was granted', () => {
  const granted = (answered: string | undefined, requested: string[]) =>
    createScopeNames('app-1').granted(answered, requested);

  it.each([
    ['a b', ['a', 'b']],
    ['a,b', ['a', 'b']],
    [' a,  b a', ['a', 'b']],
    ['', []],
  ])('is what the answer says: %j', (answered, scopes) => {
    expect(granted(answered, ['c'])).toEqual(scopes);
  });

  it('is what was requested, where the answer says nothing', () => {
    expect(granted(undefined, ['c'])).toEqual(['c']);
  });

  it('has what is about the person, which is never said', () => {
    expect(granted('a', ['openid', 'a', 'b', 'offline_access'])).toEqual([
      'a',
      'openid',
      'offline_access',
    ]);
  });

  it('goes by the plain names', async () => {
    describeProvider(likeGoogle);
    const drive = 'https://www.googleapis.com/auth/drive.readonly';
    const email = 'https://www.googleapis.com/auth/userinfo.email';
    expect(granted(`openid ${email} ${drive}`, ['openid'])).toEqual(['openid', 'email', drive]);
  });

  it('does not mistake what all objects have for a name', () => {
    describeProvider(likeGoogle);
    expect(granted('constructor __proto__', [])).toEqual(['constructor', '__proto__']);
  });

  it('is kept with the tokens', async () => {
    describeProvider(likeEntra);
    const fake = await createFakeProvider();
    const upstream = await fake.upstream({ upstreamScopes: ['openid', 'read', 'write'] });
    const scope = 'api://this-server/read';
    const { tokens } = await logIn(fake, upstream, { claims: {}, scope });
    expect(tokens.scopes).toEqual(['read', 'openid']);
  });
});

describe('what a client may get', () => {
  it('is up to the provider where it was asked, and to the person elsewhere', () => {
    const upstream = ['openid', 'mcp:use', 'mcp:admin'];
    expect(
      grantable(['mcp:use', 'mcp:admin', 'mcp:other'], ['openid', 'mcp:use'], upstream),
    ).toEqual(['mcp:use', 'mcp:other']);
    expect(grantable(['mcp:use'], [], ['openid'])).toEqual(['mcp:use']);
    expect(grantable(['mcp:use'], [], ['mcp:use'])).toEqual([]);
  });

  it('has what is implied', () => {
    expect(grantable(['mcp:use'], ['mcp:admin'], ['mcp:use', 'mcp:admin'])).toEqual(['mcp:use']);
  });

  it('is never more than it asks for', () => {
    expect(grantable([], ['mcp:use'], ['mcp:use'])).toEqual([]);
  });
});
