/** The requests of MCP that the doctor makes, as clients of both protocol eras write them. */
import type { Question } from './http.js';

/** Newest revision with sessions and a handshake, and the one without. */
export const legacyRevision = '2025-11-25';
export const modernRevision = '2026-07-28';

const clientInfo = { name: 'create-mcp-server doctor', version: '1.0.0' };

export interface Asking {
  /** Goes nowhere but to `url`. */
  readonly token?: string;
  readonly headers?: Question['headers'];
}

/** What is asked for; `name` is of the tool, where one is called. */
export interface Message {
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>> & { readonly name?: string };
}

/** What the answer to `initialize` sets for the requests after it. */
export interface Session {
  readonly revision: string;
  /** Absent: the server keeps no sessions. */
  readonly id?: string;
}

/** `initialize`, as clients of 2025 begin. */
export function initializeRequest(url: string, asking: Asking = {}): Question {
  const params = { protocolVersion: legacyRevision, capabilities: {}, clientInfo };
  return request(url, asking, {}, { id: 1, method: 'initialize', params });
}

/** The end of the handshake of 2025. */
export function initializedNotification(url: string, session: Session, asking: Asking = {}) {
  return request(url, asking, headersOf(session), { method: 'notifications/initialized' });
}

/** Any request of a client of 2025, after the handshake. */
export function legacyRequest(
  url: string,
  message: Message,
  session: Session,
  asking: Asking = {},
): Question {
  return request(url, asking, headersOf(session), { id: 2, ...message });
}

function headersOf({ revision, id }: Session): Record<string, string> {
  return { 'mcp-protocol-version': revision, ...(id !== undefined && { 'mcp-session-id': id }) };
}

/** `server/discover`, as clients of 2026-07-28 begin (MCP 2026-07-28, Discovery). */
export function discoverRequest(url: string, asking: Asking = {}): Question {
  return modernRequest(url, { method: 'server/discover', params: {} }, asking);
}

/** Any request of a client of 2026-07-28: nothing comes before it. */
export function modernRequest(
  url: string,
  { method, params }: Message,
  asking: Asking = {},
): Question {
  const meta = 'io.modelcontextprotocol';
  const _meta = {
    [`${meta}/protocolVersion`]: modernRevision,
    [`${meta}/clientInfo`]: clientInfo,
    [`${meta}/clientCapabilities`]: {},
  };
  const headers = {
    'mcp-protocol-version': modernRevision,
    'mcp-method': method,
    ...(params.name !== undefined && { 'mcp-name': params.name }),
  };
  return request(url, asking, headers, { id: 1, method, params: { ...params, _meta } });
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
    body: JSON.stringify({ jsonrpc: '2.0', ...message }),
  };
}
