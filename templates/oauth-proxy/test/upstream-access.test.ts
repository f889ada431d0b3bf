import type { ServerContext } from '@modelcontextprotocol/server';
import { expect, it } from 'vitest';
import { authInfoOf } from '../src/auth/caller.js';
import { upstreamAccess } from '../src/upstream/access.js';
import { LoginEnded } from '../src/upstream/errors.js';
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

it('says that the login has ended', async () => {
  const context = contextOf(() => Promise.reject(new LoginEnded({})));
  await expect(upstreamAccess(context)).rejects.toThrow(LoginEnded);
});

it('says why there is nobody over stdio', async () => {
  await expect(upstreamAccess({} as ServerContext)).rejects.toThrow(/over stdio/);
});
