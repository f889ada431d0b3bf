// The MCP endpoint: one HTTP request in, one answer out, for 2026-07-28 and 2025-era clients.
// Clients of 2025 have a session if they open one; for all others nothing is kept.
import { type AuthInfo, createMcpHandler } from '@modelcontextprotocol/server';
import { changes } from './changes.js';
import { isLegacy, report, serveLegacy } from './legacy-request.js';
import { readMessage } from './read-message.js';
import { createServer } from './server.js';
import { createSessions } from './sessions.js';

/** Answers one request. `authInfo` says who is calling; tools see it as `context.http.authInfo`. */
export type McpEndpoint = (request: Request, authInfo?: AuthInfo) => Promise<Response>;

export function createMcpEndpoint(): McpEndpoint {
  const sessions = createSessions();
  // The body is read and parsed once, here; the factory finds it by its request.
  const messages = new WeakMap<Request, object>();
  const modern = createMcpHandler(
    ({ requestInfo }) => createServer(requestInfo && messages.get(requestInfo)),
    { legacy: 'reject', onerror: report, bus: changes },
  );

  return async (request, authInfo) => {
    const caller = { ...(authInfo && { authInfo }) };
    // A stream for what the server has to say, and the end of a session: both are of 2025.
    if (request.method !== 'POST') return sessions.serve(request, caller);
    const message = await readMessage(request);
    if (message instanceof Response) return message;
    const options = { parsedBody: message, ...caller };
    messages.set(request, message);
    if (!(await isLegacy(request, message))) return modern.fetch(request, options);
    const isInitialize = 'method' in message && message.method === 'initialize';
    if (isInitialize) return sessions.open(request, options);
    const hasSession = request.headers.has('mcp-session-id');
    return hasSession ? sessions.serve(request, options) : serveLegacy(request, options);
  };
}
