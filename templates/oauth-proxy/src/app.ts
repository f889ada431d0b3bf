// The whole HTTP side of the server: the MCP endpoint, and the login before it.
import { createAuth } from './auth/index.js';
import type { Config } from './config.js';
import { guard } from './guard.js';
import { name } from './identity.js';
import { createMcpEndpoint } from './mcp-endpoint.js';
import { type App, createRouter, health } from './router.js';

/**
 * @param outside what the login needs of the world, for tests
 * @throws {StartupError} when the provider or the store cannot be used
 */
export async function createApp(
  config: Config,
  outside?: Parameters<typeof createAuth>[3],
): Promise<App> {
  const auth = await createAuth(config.auth, config.resource, name, outside);
  const mcp = createMcpEndpoint();
  const endpoint = guard(config, async (request) => {
    const decision = auth.gate(request);
    const caller = decision instanceof Promise ? await decision : decision;
    if (caller instanceof Response) return caller;
    const answer = await mcp(request, caller);
    // A tool may have found out that the login is over, or the provider down: that is the answer then.
    return auth.refuseLate(caller) ?? answer;
  });
  const routes = createRouter({
    '/health': health,
    ...auth.routes,
    '/mcp': endpoint,
    // The same, where PUBLIC_URL has a path of its own and the proxy keeps it.
    [config.resource.pathname]: endpoint,
  });
  return Object.assign(routes, { intercept: auth.intercept, close: auth.close });
}
