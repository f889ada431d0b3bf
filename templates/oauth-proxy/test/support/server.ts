// The whole server on a free port, with its state in a temporary folder.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../src/app.js';
import { type Config, loadConfig } from '../../src/config.js';
import { listen } from '../../src/listen.js';
import type { App } from '../../src/router.js';
import type { TestUpstream } from './upstream.js';

export interface TestServer {
  /** PUBLIC_URL. */
  url: string;
  /** The MCP endpoint. */
  endpoint: string;
  config: Config;
  app: App;
  /** Where its state is. */
  folder: string;
  /** Reaches it under its public address, as through a reverse proxy that keeps the path. */
  fetch: typeof fetch;
  /** Whether there is somebody at an address: this server, or the provider. */
  reaches(url: URL): boolean;
  /** The same server after a restart, perhaps with other settings. */
  restart(changes?: Record<string, string>): Promise<TestServer>;
  close(): Promise<void>;
}

type Outside = Parameters<typeof createApp>[1];

/** @param environment settings besides those that make the server use `upstream` */
export async function startServer(
  upstream: TestUpstream,
  environment: Record<string, string> = {},
  outside: Outside = {},
): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'proxy-'));
  const settings = {
    ...upstream.environment,
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    AUTH_STORE: `file:${join(folder, 'auth.db')}`,
    PORT: String(await freePort()),
    ...environment,
  };
  return start(upstream, folder, settings, outside);
}

async function start(
  upstream: TestUpstream,
  folder: string,
  settings: Record<string, string>,
  outside: Outside,
): Promise<TestServer> {
  const config = loadConfig(settings);
  const app = await createApp(config, outside);
  const server = await listen(app, config);
  const url = config.auth.publicUrl;
  const { origin } = new URL(url);

  async function stop(): Promise<void> {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
    await app.close?.();
  }

  return {
    url,
    endpoint: config.resource.href,
    config,
    app,
    folder,
    fetch: (input, init) => {
      const { href } = new URL(String(input));
      const local = `http://127.0.0.1:${config.port}`;
      return fetch(href.startsWith(origin) ? href.replace(origin, local) : href, init);
    },
    reaches: (address) => [origin, upstream.issuer].includes(address.origin),
    async restart(changes = {}) {
      await stop();
      return start(upstream, folder, { ...settings, ...changes }, outside);
    },
    async close() {
      await stop();
      rmSync(folder, { recursive: true });
    },
  };
}

/** A port that was free a moment ago: the settings have to name it before the server listens. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
