// The whole HTTP side of the server, as a function from Request to Response.
import { createAuth } from './auth/index.js';
import type { Config } from './config.js';
import { guard } from './guard.js';
import { createMcpEndpoint } from './mcp-endpoint.js';
import { createRouter, health } from './router.js';
import { name } from './server.js';

export interface App {
  fetch(request: Request): Promise<Response>;
  /** Ends what would keep the process alive after the last request. */
  close(): void;
}

/**
 * @param outside what the login needs of the world, for tests
 * @throws {SetupError} when the identity provider cannot be used
 */
export async function createApp(
  config: Config,
  outside?: Parameters<typeof createAuth>[3],
): Promise<App> {
  const auth = await createAuth(config.auth, config.resource, name, outside);
  const mcp = createMcpEndpoint();
  return {
    fetch: createRouter({
      '/health': health,
      ...auth.routes,
      '/mcp': guard(config, async (request) => {
        const caller = await auth.gate(request);
        return caller instanceof Response ? caller : mcp.fetch(request, caller);
      }),
    }),
    close: mcp.endSubscriptions,
  };
}
