// What the userinfo endpoint adds to ID tokens that say no more than they have to.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { createFakeProvider, type FakeProvider, logIn } from './support/fake-provider.js';
import { describeProvider } from './support/provider-data.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

let fake: FakeProvider;

describe('an ID token without an address', () => {
  const address = 'https://login.example.com/me';
  const described = { sub: 'ada', name: 'Ada', email: 'ada@example.com', email_verified: true };
  const asked = () => fake.asked.filter(({ url }) => url === address).length;

  beforeEach(async () => {
    describeProvider();
    fake = await createFakeProvider({ userinfo_endpoint: address });
    fake.documents[address] = described;
  });

  it('is completed by the userinfo endpoint', async () => {
    const upstream = await fake.upstream({ allowedUsers: ['ada@example.com'] });
    const { user } = await logIn(fake, upstream, { claims: {} });
    expect(user).toMatchObject({ subject: 'ada', name: 'Ada', emailVerified: true });
    expect(user.claims).toEqual({ name: 'Ada', email: 'ada@example.com' });
    // Tokens that cannot be refreshed are still not judged by it.
    expect(upstream.canCheck).toBe(false);
  });

  it('says itself whether an address is verified, when it has one', async () => {
    const claims = { email: 'ada@example.com', email_verified: false };
    const { user } = await logIn(fake, await fake.upstream(), { claims });
    expect(user.emailVerified).toBe(false);
    expect(asked()).toBe(0);
  });

  it('does not lend its word to an address from elsewhere', async () => {
    const { email_verified: _, ...unsure } = described;
    fake.documents[address] = unsure;
    const { user } = await logIn(fake, await fake.upstream(), { claims: { email_verified: true } });
    expect(user).toMatchObject({ email: 'ada@example.com', emailVerified: false });
  });

  it('is enough where no address was requested', async () => {
    await logIn(fake, await fake.upstream({ upstreamScopes: ['openid'] }), { claims: {} });
    expect(asked()).toBe(0);
  });

  it.each<[string, Response | object]>([
    ['speaks of somebody else', { ...described, sub: 'eve' }],
    ['refuses the token', new Response(null, { status: 401 })],
    ['fails', new Response(null, { status: 500 })],
    ['is not there', new Response('no', { status: 404 })],
  ])('is all that counts when the endpoint %s', async (_name, answer) => {
    fake.documents[address] = answer;
    const { user } = await logIn(fake, await fake.upstream(), { claims: {} });
    expect(user).toEqual({ subject: 'ada', emailVerified: false, claims: {} });
    const strict = await fake.upstream({ allowedUsers: ['ada@example.com'] });
    await expect(logIn(fake, strict, { claims: {} })).rejects.toMatchObject({
      problem: 'not_admitted',
    });
  });
});
