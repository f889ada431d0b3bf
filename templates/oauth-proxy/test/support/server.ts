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
  const port = environment.PORT ?? String(await freePort());
  const config = loadConfig({
    ...upstream.environment,
    AUTH_SECRET: randomBytes(32).toString('base64url'),
    AUTH_STORE: `file:${join(folder, 'auth.db')}`,
    ...environment,
    PORT: port,
  });
  const app = await createApp(config, outside);
  const server = await listen(app, config);
  return {
    url: config.auth.publicUrl,
    endpoint: config.resource.href,
    config,
    app,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      await app.close?.();
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
