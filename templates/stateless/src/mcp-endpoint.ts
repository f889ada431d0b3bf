// The MCP endpoint: one HTTP request in, one answer out, for 2026-07-28 and 2025-era clients.
import { type AuthInfo, createMcpHandler } from '@modelcontextprotocol/server';
import { isLegacy, report, serveLegacy } from './legacy-request.js';
import { problem, readMessage } from './read-message.js';
import { createServer } from './server.js';

/** Answers one request. `authInfo` says who is calling; tools see it as `context.http.authInfo`. */
export type McpEndpoint = (request: Request, authInfo?: AuthInfo) => Promise<Response>;

export function createMcpEndpoint(): McpEndpoint {
  // The body is read and parsed once, here; the factory finds it by its request.
  const messages = new WeakMap<Request, object>();
  const modern = createMcpHandler(
    ({ requestInfo }) => createServer(requestInfo && messages.get(requestInfo)),
    { legacy: 'reject', onerror: report },
  );

  return async (request, authInfo) => {
    if (request.method !== 'POST') {
      // Nothing is kept between requests, so there is no stream to open and no session to end.
      return problem(405, -32000, 'Method not allowed: send a POST', { allow: 'POST' });
    }
    const message = await readMessage(request);
    if (message instanceof Response) return message;
    const options = { parsedBody: message, ...(authInfo && { authInfo }) };
    messages.set(request, message);
    const legacy = await isLegacy(request, message);
    return legacy ? serveLegacy(request, options) : modern.fetch(request, options);
  };
}
