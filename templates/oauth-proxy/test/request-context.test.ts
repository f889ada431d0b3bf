// Calls of tools are not slowed down by a login that is over.
import type { IncomingMessage, ServerResponse } from 'node:http';
import requestContext from 'oidc-provider/lib/helpers/als.js';
import { expect, it, vi } from 'vitest';
import { forgetBetween } from '../src/authorization-server/request-context.js';
import { useWorld } from './support/world.js';

vi.mock('../src/auth/provider.js', async () => await import('./support/provider-data.js'));

const world = useWorld();

const request = {} as IncomingMessage;
const response = {} as ServerResponse;

it('is put away when the last of several requests has been answered, and not before', async () => {
  const disable = vi.fn();
  const waiting: (() => void)[] = [];
  const answer = forgetBetween(() => new Promise((resolve) => waiting.push(resolve)), { disable });
  const first = answer(request, response);
  const second = answer(request, response);

  waiting[0]?.();
  await first;
  expect(disable).not.toHaveBeenCalled();
  waiting[1]?.();
  await second;
  expect(disable).toHaveBeenCalledOnce();
});

it('is put away after a request that failed, too', async () => {
  const disable = vi.fn();
  const answer = forgetBetween(() => Promise.reject(new Error('broken')), { disable });
  await expect(answer(request, response)).rejects.toThrow('broken');
  expect(disable).toHaveBeenCalledOnce();
});

it('is the one that oidc-provider uses', async () => {
  const run = vi.spyOn(requestContext, 'run');
  const disable = vi.spyOn(requestContext, 'disable');
  const answer = await world.server.fetch(`${world.server.url}/oauth/jwks`);
  expect(answer.status).toBe(200);
  expect(run).toHaveBeenCalledOnce();
  await vi.waitFor(() => expect(disable).toHaveBeenCalledOnce());
});
