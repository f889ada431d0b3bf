// Sessions of 2025-era clients (MCP 2025-11-25, Session Management). What a tool asks such a client,
// and what the client hears of changes, travels on connections that only a session ties together.
// Sessions live in this process: with several, let the load balancer go by `Mcp-Session-Id`.
import {
  type AuthInfo,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { announceChanges } from './changes.js';
import { report } from './legacy-request.js';
import { ownerOf } from './owner.js';
import { problem } from './read-message.js';
import { createServer } from './server.js';

interface Session {
  transport: WebStandardStreamableHTTPServerTransport;
  /** Who opened it. */
  owner: string;
}

interface Options {
  parsedBody?: unknown;
  authInfo?: AuthInfo;
}

export interface Sessions {
  /** Answers `initialize`, with a session of its own. */
  open(request: Request, options: Options): Promise<Response>;
  /** Answers whatever comes within a session. */
  serve(request: Request, options: Options): Promise<Response>;
}

/**
 * @param limit how many there are at once. For one more, the one that was used least recently ends;
 * its client opens another when it comes back (it MUST, on a 404)
 */
export function createSessions({ limit = 1000 } = {}): Sessions {
  // The order is that of use, the oldest first.
  const sessions = new Map<string, Session>();

  async function open(request: Request, options: Options): Promise<Response> {
    const server = createServer();
    const transport = new WebStandardStreamableHTTPServerTransport({
      // Ids MUST be globally unique and hard to guess.
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized(id) {
        sessions.set(id, { transport, owner: ownerOf(options.authInfo) });
      },
    });
    transport.onclose = () => void sessions.delete(transport.sessionId ?? '');
    server.server.onerror = report;
    announceChanges(server, 'legacy');
    await server.connect(transport);
    const answer = await transport.handleRequest(request, options);
    for (const { transport: oldest } of sessions.values()) {
      if (sessions.size <= limit) break;
      await oldest.close();
    }
    return answer;
  }

  async function serve(request: Request, options: Options): Promise<Response> {
    const id = request.headers.get('mcp-session-id');
    if (id === null) {
      return problem(405, -32000, 'Method not allowed without a session', { allow: 'POST' });
    }
    const session = sessions.get(id);
    // An id is no proof of who is calling: a session serves its owner only (MCP, Security Best
    // Practices, Session Hijacking). To anybody else it does not exist.
    if (session === undefined || session.owner !== ownerOf(options.authInfo)) {
      return problem(404, -32001, 'Session not found');
    }
    sessions.delete(id);
    sessions.set(id, session);
    return session.transport.handleRequest(request, options);
  }

  return { open, serve };
}
