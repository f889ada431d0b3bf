import type { AuthInfo, ServerContext } from '@modelcontextprotocol/server';
import { expect, it } from 'vitest';
import { authInfoOf } from '../src/auth/caller.js';
import { troubleOf, upstreamAccess } from '../src/upstream/access.js';
import { LoginEnded, ProviderUnavailable } from '../src/upstream/errors.js';
import type { TokenSet } from '../src/upstream/token-set.js';

/** What a tool gets whose caller has these tokens at the provider. */
function contextOf(upstream: () => Promise<TokenSet>): ServerContext {
  const facts = { claims: {}, audiences: [], required: [], upstream };
  const authInfo = authInfoOf({ token: 't', clientId: 'c', scopes: [], extra: facts });
  return { http: { authInfo } } as unknown as ServerContext;
}

const tokens = { accessToken: 'a', refreshToken: 'r', expiresAt: 7, scopes: ['read'] };

it('gives tools the access token, and not the refresh token', async () => {
  const context = contextOf(async () => tokens);
  expect(await upstreamAccess(context)).toEqual({
    accessToken: 'a',
    scopes: ['read'],
    expiresAt: 7,
  });
});

it('invents no end', async () => {
  const { expiresAt: _, ...endless } = tokens;
  const context = contextOf(async () => endless);
  expect(await upstreamAccess(context)).toEqual({ accessToken: 'a', scopes: ['read'] });
});

it.each([new LoginEnded({}), new ProviderUnavailable({})])(
  'throws what is the matter, and it is known for this request alone: %s',
  async (trouble) => {
    const [context, other] = [trouble, new Error('a mistake')].map((error) =>
      contextOf(() => Promise.reject(error)),
    );
    await expect(upstreamAccess(context as ServerContext)).rejects.toBe(trouble);
    await expect(upstreamAccess(other as ServerContext)).rejects.toThrow('a mistake');
    const known = [context, other].map((one) => troubleOf(one?.http?.authInfo as AuthInfo));
    expect(known).toEqual([trouble, undefined]);
  },
);

it('says why there is nobody over stdio', async () => {
  await expect(upstreamAccess({} as ServerContext)).rejects.toThrow(/over stdio/);
});
