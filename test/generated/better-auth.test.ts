// better-auth as the provider of servers of every mode.
import { afterAll, beforeAll, describe, it } from 'vitest';
import { libraries } from '../support/connection.js';
import { betterAuthWorlds, type LoginWorld } from '../support/login-world.js';
import { logInWholly } from '../support/whole-login.js';

describe.each(betterAuthWorlds)('a server of mode $name', ({ mode, start }) => {
  let world: LoginWorld;
  beforeAll(async () => {
    world = await start();
  });
  afterAll(() => world?.[Symbol.asyncDispose]());

  // It gives refresh tokens for offline_access only, which the SDK 1.x does not request.
  it.each(libraries)('and the official client, %j', (library) =>
    logInWholly(world.server, library, library !== '1.x' || mode === 'proxy'),
  );
});
