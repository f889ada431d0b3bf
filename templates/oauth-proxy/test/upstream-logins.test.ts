// Tokens are refreshed once however many ask, and a login ends when the provider says so.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../src/log.js';
import { ClientRefused, LoginEnded, ProviderUnavailable } from '../src/upstream/errors.js';
import type { Logins } from '../src/upstream/logins.js';
import { createWorld, hour, minute, user } from './support/logins-world.js';

let world: ReturnType<typeof createWorld>;
let logins: Logins;
beforeEach(() => {
  world = createWorld();
  logins = world.instance();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe('tokens', () => {
  it('are used as they are until a minute before their end', async () => {
    const id = await logins.create(world.refreshable());
    world.pass(hour - 61);
    expect((await logins.access(id)).accessToken).toBe('first');
    expect(world.upstream.refresh).not.toHaveBeenCalled();
    world.pass(1);
    expect((await logins.access(id)).accessToken).toBe('new-1');
    expect((await logins.access(id)).accessToken).toBe('new-1');
  });

  it('are refreshed with the latest refresh token, for whom they are', async () => {
    const id = await logins.create(world.refreshable());
    world.pass(hour);
    await logins.access(id);
    world.pass(hour);
    await logins.access(id);
    const sent = world.upstream.refresh.mock.calls.map(([old, whose]) => [old.refreshToken, whose]);
    expect(sent).toEqual([
      ['refresh-0', user],
      ['refresh-1', user],
    ]);
  });

  it('are refreshed once, though twenty ask on two instances', async () => {
    const id = await logins.create(world.refreshable());
    const instances = [logins, world.instance()];
    world.pass(hour);
    const asking = Array.from({ length: 20 }, (_, i) => instances[i % 2]?.access(id));
    const found = new Set((await Promise.all(asking)).map((got) => got?.accessToken));
    expect([...found]).toEqual(['new-1']);
    expect(world.upstream.refresh).toHaveBeenCalledTimes(1);
  });

  it('are those of one login: another is refreshed on its own', async () => {
    const ids = [
      await logins.create(world.refreshable()),
      await logins.create(world.refreshable()),
    ];
    world.pass(hour);
    const [first, second] = await Promise.all(ids.map(logins.access));
    expect(first?.accessToken).not.toBe(second?.accessToken);
  });

  it('without an end are never refreshed', async () => {
    const id = await logins.create({ user, tokens: { ...world.tokens(), refreshToken: 'r' } });
    world.pass(29 * 24 * hour);
    expect((await logins.access(id)).accessToken).toBe('first');
    expect(world.upstream.refresh).not.toHaveBeenCalled();
  });

  it('that cannot be refreshed are used to their end, and then the person is needed', async () => {
    const id = await logins.create({ user, tokens: world.tokens(hour) });
    world.pass(hour - 1);
    expect((await logins.access(id)).accessToken).toBe('first');
    world.pass(1);
    await expect(logins.access(id)).rejects.toThrow(LoginEnded);
    // For those who need no token it goes on.
    await expect(logins.check(id)).resolves.toBeUndefined();
  });
});

describe('a check', () => {
  it('asks with a refresh, unless the provider has said so less than a minute ago', async () => {
    const id = await logins.create(world.refreshable());
    world.pass(minute - 1);
    await logins.check(id);
    expect(world.upstream.refresh).not.toHaveBeenCalled();
    world.pass(1);
    await logins.check(id);
    await logins.check(id);
    expect(world.upstream.refresh).toHaveBeenCalledTimes(1);
    world.pass(minute);
    await logins.check(id);
    expect(world.upstream.refresh).toHaveBeenCalledTimes(2);
    expect((await logins.access(id)).accessToken).toBe('new-2');
  });

  it('asks again when the clock was ahead, and is set back', async () => {
    world.pass(hour);
    const id = await logins.create(world.refreshable());
    world.pass(-hour);
    await logins.check(id);
    expect(world.upstream.refresh).toHaveBeenCalledTimes(1);
  });

  it('asks once, though many check on two instances', async () => {
    const id = await logins.create(world.refreshable());
    const instances = [logins, world.instance()];
    world.pass(10 * minute);
    await Promise.all(Array.from({ length: 20 }, (_, i) => instances[i % 2]?.check(id)));
    expect(world.upstream.refresh).toHaveBeenCalledTimes(1);
  });

  it('of a login says nothing about another', async () => {
    const id = await logins.create(world.refreshable());
    const other = await logins.create(world.refreshable());
    world.pass(minute);
    await Promise.all([logins.check(id), logins.check(other)]);
    expect(world.upstream.refresh).toHaveBeenCalledTimes(2);
  });
});

describe('when an instance dies in the middle of a refresh', () => {
  it('another does it, once the lock has run out', async () => {
    const id = await logins.create(world.refreshable());
    world.pass(hour);
    world.upstream.refresh.mockReturnValueOnce(new Promise(() => {}));
    void logins.access(id);
    const before = world.now();
    expect((await world.instance().access(id)).accessToken).toBe('new-1');
    expect(world.now() - before).toBeGreaterThanOrEqual(15_000);
    expect(world.now() - before).toBeLessThan(16_000);
  });

  it('nobody waits for ever', async () => {
    const id = await logins.create(world.refreshable());
    world.pass(hour);
    world.records.lock = async () => undefined;
    await expect(logins.access(id)).rejects.toThrow(ProviderUnavailable);
  });
});

describe('while the provider is down', () => {
  const down = () => Promise.reject(new ProviderUnavailable({ status: 503 }));

  it('old tokens are used for as long as they last', async () => {
    const id = await logins.create(world.refreshable());
    world.upstream.refresh.mockImplementation(down);
    world.pass(hour - 1);
    expect((await logins.access(id)).accessToken).toBe('first');
    world.pass(1);
    await expect(logins.access(id)).rejects.toThrow(ProviderUnavailable);
  });

  it('it is left alone for some seconds', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const id = await logins.create(world.refreshable());
    world.upstream.refresh.mockImplementation(down);
    world.pass(hour);
    for (const _ of [1, 2, 3]) {
      await expect(logins.access(id)).rejects.toThrow(ProviderUnavailable);
    }
    expect(world.upstream.refresh).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(5_000);
    await expect(logins.access(id)).rejects.toThrow(ProviderUnavailable);
    expect(world.upstream.refresh).toHaveBeenCalledTimes(2);
  });

  it('whoever runs the server learns that it is the credentials, once for each answer', async () => {
    const [error, warn] = (['error', 'warn'] as const).map((level) => vi.spyOn(log, level));
    const id = await logins.create(world.refreshable());
    const refusal = new ClientRefused({ error: 'invalid_client' });
    world.upstream.refresh.mockRejectedValue(refusal);
    world.pass(minute);
    await logins.check(id);
    await logins.check(id);
    const facts = { problem: 'client_refused', error: 'invalid_client' };
    const hint = expect.stringMatching(/OAUTH_CLIENT_ID.*OAUTH_CLIENT_SECRET/);
    expect(error?.mock.calls).toEqual([[{ ...facts, hint }, refusal.message]]);
    expect(warn).not.toHaveBeenCalled();
  });

  it('logins go on', async () => {
    const id = await logins.create(world.refreshable());
    world.upstream.refresh.mockImplementation(down);
    world.pass(2 * hour);
    await expect(logins.check(id)).resolves.toBeUndefined();
    world.upstream.check.mockImplementation(down);
    const other = await logins.create({ user, tokens: world.tokens() });
    await expect(logins.check(other)).resolves.toBeUndefined();
  });
});

describe('when the provider says that it is over', () => {
  const over = () => Promise.reject(new LoginEnded({ error: 'invalid_grant' }));

  it('it is, for all, and nothing is kept', async () => {
    const id = await logins.create(world.refreshable());
    world.upstream.refresh.mockImplementation(over);
    world.pass(hour);
    const instances = [logins, world.instance(), world.instance()];
    const ends = await Promise.allSettled(instances.map(({ access }) => access(id)));
    for (const end of ends) {
      expect(end).toMatchObject({ status: 'rejected', reason: expect.any(LoginEnded) });
    }
    expect(world.upstream.refresh).toHaveBeenCalledTimes(1);
    await expect(world.instance().check(id)).rejects.toThrow(LoginEnded);
    expect(world.records.size()).toBe(0);
  });

  it('a check notices, though the tokens would last', async () => {
    const info = vi.spyOn(log, 'info');
    const id = await logins.create(world.refreshable());
    await logins.check(id);
    world.pass(minute);
    world.upstream.refresh.mockImplementation(over);
    await expect(logins.check(id)).rejects.toThrow(LoginEnded);
    expect(world.records.size()).toBe(0);
    const facts = { subject: user.subject, error: 'invalid_grant' };
    expect(info).toHaveBeenCalledWith(facts, 'The provider says that a login has ended');
  });

  it.each([
    ['has no end', () => world.tokens()],
    ['lasts', () => world.tokens(8 * hour)],
  ])('a check notices, also where the access token %s', async (_name, tokens) => {
    const id = await logins.create({ user, tokens: { ...tokens(), refreshToken: 'r' } });
    world.pass(minute);
    world.upstream.refresh.mockImplementation(over);
    await expect(logins.check(id)).rejects.toThrow(LoginEnded);
  });

  it('a check notices, where nothing can be refreshed, by asking', async () => {
    const id = await logins.create({ user, tokens: world.tokens() });
    await expect(logins.check(id)).resolves.toBeUndefined();
    world.upstream.check.mockImplementation(over);
    await expect(logins.check(id)).rejects.toThrow(LoginEnded);
    await expect(logins.access(id)).rejects.toThrow(LoginEnded);
    expect(world.records.size()).toBe(0);
  });
});
