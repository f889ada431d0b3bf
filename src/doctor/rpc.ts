/** The requests of MCP that the doctor makes, as clients of both protocol eras write them. */
import type { Question } from './http.js';

/** Newest revision with sessions and a handshake, and the one without. */
export const legacyRevision = '2025-11-25';
export const modernRevision = '2026-07-28';

const clientInfo = { name: 'create-mcp-server doctor', version: '1.0.0' };

interface Asking {
  /** Goes nowhere but to `url`. */
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `initialize`, as clients of 2025 begin. */
export function initializeRequest(url: string, asking: Asking = {}): Question {
  const params = { protocolVersion: legacyRevision, capabilities: {}, clientInfo };
  return request(url, asking, {}, { method: 'initialize', params });
}

/** `server/discover`, as clients of 2026-07-28 begin (MCP 2026-07-28, Discovery). */
export function discoverRequest(url: string, asking: Asking = {}): Question {
  const meta = 'io.modelcontextprotocol';
  const params = {
    _meta: {
      [`${meta}/protocolVersion`]: modernRevision,
      [`${meta}/clientInfo`]: clientInfo,
      [`${meta}/clientCapabilities`]: {},
    },
  };
  const headers = { 'mcp-protocol-version': modernRevision, 'mcp-method': 'server/discover' };
  return request(url, asking, headers, { method: 'server/discover', params });
}

function request(
  url: string,
  { token, headers }: Asking,
  own: Readonly<Record<string, string>>,
  message: object,
): Question {
  return {
    url,
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...own,
      ...headers,
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, ...message }),
  };
}
