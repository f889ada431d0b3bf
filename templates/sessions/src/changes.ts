// Changes that clients want to hear of. Whoever changes something publishes it here; who hears of it
// is decided for each client: `subscriptions/listen` in the 2026 protocol, which the SDK serves, and
// `resources/subscribe` in those of 2025.
import { InMemoryServerEventBus, type McpServer } from '@modelcontextprotocol/server';
import { report } from './legacy-request.js';

/** In this process. With several, something like Redis has to carry events from one to the others. */
export const changes = new InMemoryServerEventBus(report);

/**
 * Tells the client of a connection that lasts about resources that have changed.
 * @param era who knows what the client asked for: the server itself, or the SDK
 */
export function announceChanges({ server }: McpServer, era: 'legacy' | 'modern'): void {
  const wanted = new Set<string>();
  if (era === 'legacy') {
    server.setRequestHandler('resources/subscribe', ({ params }) => {
      wanted.add(params.uri);
      return {};
    });
    server.setRequestHandler('resources/unsubscribe', ({ params }) => {
      wanted.delete(params.uri);
      return {};
    });
  }
  server.onclose = changes.subscribe((event) => {
    if (event.kind !== 'resource_updated') return;
    if (era === 'modern' || wanted.has(event.uri)) {
      server.sendResourceUpdated({ uri: event.uri }).catch(report);
    }
  });
}
