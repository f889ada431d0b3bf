// The whole HTTP side of the server, as a function from Request to Response.
import type { Config } from './config.js';
import { guard } from './guard.js';
import { createMcpEndpoint } from './mcp-endpoint.js';
import { type App, createRouter, health } from './router.js';

export async function createApp(config: Config): Promise<App> {
  const mcp = createMcpEndpoint();
  const endpoint = guard(config, (request) => mcp(request));
  return createRouter({
    '/health': health,
    '/mcp': endpoint,
    // The same, where PUBLIC_URL has a path of its own and the proxy keeps it.
    [config.resource.pathname]: endpoint,
  });
}
