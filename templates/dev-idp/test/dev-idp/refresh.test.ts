import { expect, it, vi } from 'vitest';
import { useDevIdp } from '../support/dev-idp.js';

const idp = useDevIdp();

it('gives a new refresh token each time, and two refreshes at once both succeed', async () => {
  const client = await idp.newClient();
  const { body: first } = await idp.redeem(client);
  const refresh = () => idp.refresh(client, first.refresh_token);
  const both = await Promise.all([refresh(), refresh()]);
  expect(both.map(({ status }) => status)).toEqual([200, 200]);
  expect(both[0]?.body.refresh_token).not.toBe(first.refresh_token);
  expect(await idp.verify(both[0]?.body.access_token)).toMatchObject({ sub: 'ada-l' });
});

it('works long after the login, and a late replay ends all of it', async () => {
  const client = await idp.newClient();
  const { body: first } = await idp.redeem(client);
  vi.useFakeTimers({ now: Date.now() + 7 * 24 * 3600_000, toFake: ['Date'] });
  const { body: second } = await idp.refresh(client, first.refresh_token);
  expect(await idp.verify(second.access_token)).toMatchObject({ sub: 'ada-l' });

  vi.setSystemTime(Date.now() + 11_000);
  expect((await idp.refresh(client, first.refresh_token)).body.error).toBe('invalid_grant');
  expect((await idp.refresh(client, second.refresh_token)).body.error).toBe('invalid_grant');
});

it('works after a restart, as do clients, users and keys', async () => {
  const client = await idp.newClient();
  const { body: before } = await idp.redeem(client);
  await idp.stop();
  await idp.start(idp.issuer);
  expect(await idp.verify(before.access_token)).toMatchObject({ sub: 'ada-l' });
  const { status, body } = await idp.refresh(client, before.refresh_token);
  expect(status).toBe(200);
  expect(await idp.verify(body.access_token)).toMatchObject({ sub: 'ada-l' });
  expect((await idp.authorize(client)).code).not.toBeNull();
});
