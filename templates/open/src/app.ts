// The whole HTTP side of the server, as a function from Request to Response.
import type { Config } from './config.js';
import { guard } from './guard.js';
import { createMcpEndpoint } from './mcp-endpoint.js';
import { createRouter, health } from './router.js';

export interface App {
  fetch(request: Request): Promise<Response>;
  /** Ends what would keep the process alive after the last request. */
  close(): void;
}

export async function createApp(config: Config): Promise<App> {
  const mcp = createMcpEndpoint();
  return {
    fetch: createRouter({
      '/health': health,
      '/mcp': guard(config, (request) => mcp.fetch(request)),
    }),
    close: mcp.endSubscriptions,
  };
}
