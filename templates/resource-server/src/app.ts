// The whole HTTP side of the server, as a function from Request to Response.
import { createAuth, type Outside } from './auth/index.js';
import type { Config } from './config.js';
import { guard } from './guard.js';
import { name } from './identity.js';
import { createMcpEndpoint } from './mcp-endpoint.js';
import { type App, createRouter, health } from './router.js';

/**
 * @throws {SetupError} when the identity provider cannot be used
 */
export async function createApp(config: Config, outside?: Outside): Promise<App> {
  const auth = await createAuth(config.auth, config.resource, name, outside);
  const mcp = createMcpEndpoint();
  const endpoint = guard(config, async (request) => {
    const decision = auth.gate(request);
    const caller = decision instanceof Promise ? await decision : decision;
    return caller instanceof Response ? caller : mcp(request, caller);
  });
  return createRouter({
    '/health': health,
    ...auth.routes,
    '/mcp': endpoint,
    // The same, where PUBLIC_URL has a path of its own and the proxy keeps it.
    [config.resource.pathname]: endpoint,
  });
}
