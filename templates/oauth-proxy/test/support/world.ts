// What the tests of the login are about: a provider and a server, both new for each test.
import { afterEach, beforeEach, vi } from 'vitest';
import { Browser } from './browser.js';
import { describeProvider } from './provider-data.js';
import { startServer, type TestServer } from './server.js';
import { startUpstream, type TestUpstream } from './upstream.js';

type Outside = Parameters<typeof startServer>[2];

export interface World {
  upstream: TestUpstream;
  server: TestServer;
  browser: Browser;
  /** Lets so many seconds pass, for the server and everything else. */
  elapse(seconds: number): void;
}

/**
 * To be called at the top of a file. Time stands still, until it is told to pass.
 * @param environment settings besides those that make the server use the provider
 */
export function useWorld(environment: Record<string, string> = {}, outside?: Outside): World {
  const elapse = (seconds: number) => void vi.setSystemTime(Date.now() + seconds * 1000);
  const world = { elapse } as World;
  beforeEach(async () => {
    // Only the clock: timers run, and so does everything that waits for the network.
    vi.useFakeTimers({ toFake: ['Date'] });
    describeProvider();
    world.upstream = await startUpstream();
    world.server = await startServer(world.upstream, environment, outside);
    world.browser = new Browser(world.server);
  });
  afterEach(async () => {
    await world.server.close();
    await world.upstream.close();
    vi.useRealTimers();
    vi.restoreAllMocks();
  });
  return world;
}
