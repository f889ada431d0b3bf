// How long a login lives that nobody ends.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { log } from '../src/log.js';
import { LoginEnded } from '../src/upstream/errors.js';
import type { Logins } from '../src/upstream/logins.js';
import type { TokenSet } from '../src/upstream/token-set.js';
import { createWorld, hour, user } from './support/logins-world.js';

let world: ReturnType<typeof createWorld>;
let logins: Logins;
beforeEach(() => {
  world = createWorld();
  logins = world.instance();
});

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a login lives', () => {
  const day = 24 * hour;

  it.each<[string, () => TokenSet]>([
    ['that is refreshed', () => world.refreshable().tokens],
    ['that is checked', () => world.tokens()],
  ])('for thirty days after its last use: one %s', async (_name, make) => {
    const id = await logins.create({ user, tokens: make() });
    for (const _ of [1, 2, 3]) {
      world.pass(29 * day);
      await logins.check(id);
    }
    world.pass(30 * day);
    await expect(logins.check(id)).rejects.toThrow(LoginEnded);
  });

  it.each<[string, () => TokenSet, boolean]>([
    ['nobody can be asked', () => world.tokens(), false],
    ['nobody can be asked, and it expires', () => world.tokens(hour), false],
    ['asking tells no more than that it has expired', () => world.tokens(hour), true],
  ])('for twelve hours, however much it is used, when %s', async (_name, make, canCheck) => {
    world.upstream.canCheck = canCheck;
    const id = await logins.create({ user, tokens: make() });
    for (let hours = 1; hours < 12; hours++) {
      world.pass(hour);
      await logins.check(id);
    }
    world.pass(hour);
    await expect(logins.check(id)).rejects.toThrow(LoginEnded);
  });

  it('until it is ended', async () => {
    const id = await logins.create(world.refreshable());
    await logins.end(id);
    await expect(logins.access(id)).rejects.toThrow(LoginEnded);
    expect(world.records.size()).toBe(0);
  });

  it('not beyond that, though a refresh was under way', async () => {
    const id = await logins.create(world.refreshable());
    world.pass(hour);
    let ended: Promise<void> | undefined;
    world.upstream.refresh.mockImplementationOnce(async (old: TokenSet) => {
      ended = world.instance().end(id);
      await new Promise((resolve) => setImmediate(resolve));
      return { ...old, ...world.tokens(hour, 'late') };
    });
    expect((await logins.access(id)).accessToken).toBe('late');
    await ended;
    await expect(logins.access(id)).rejects.toThrow(LoginEnded);
    expect(world.records.size()).toBe(0);
  });

  it('while OAUTH_ALLOWED_USERS has the person', async () => {
    const id = await logins.create(world.refreshable());
    await expect(logins.access(id)).resolves.toBeDefined();
    world.upstream.admits.mockReturnValue(false);
    const info = vi.spyOn(log, 'info');
    await expect(logins.access(id)).rejects.toThrow(LoginEnded);
    expect(world.upstream.admits).toHaveBeenCalledWith(user);
    const facts = { reason: 'OAUTH_ALLOWED_USERS', subject: user.subject };
    expect(info).toHaveBeenCalledWith(facts, expect.any(String));
    expect(world.records.size()).toBe(0);
  });

  it('under a name that cannot be guessed', async () => {
    const ids = await Promise.all([
      logins.create(world.refreshable()),
      logins.create(world.refreshable()),
    ]);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(Buffer.from(id, 'base64url')).toHaveLength(32);
    await expect(logins.access('no such login')).rejects.toThrow(LoginEnded);
  });
});
