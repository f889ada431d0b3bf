// Requests of 2025-era clients, each served by itself.
import {
  type AuthInfo,
  isLegacyRequest,
  PROTOCOL_VERSION_META_KEY,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { log } from './log.js';
import { createServer } from './server.js';
import { tools } from './tools/index.js';

const streamingTools = new Set(tools.filter((tool) => tool.streams).map((tool) => tool.name));

/** Whether the client speaks a protocol of 2025. @param message the parsed body */
export async function isLegacy(request: Request, message: object): Promise<boolean> {
  // Who sends the envelope speaks 2026-07-28; only for others the SDK has to look closer.
  return !hasEnvelope(message) && (await isLegacyRequest(request, message));
}

function hasEnvelope(message: object): boolean {
  const { params } = message as { params?: { _meta?: Record<string, unknown> } | null };
  return params?._meta?.[PROTOCOL_VERSION_META_KEY] !== undefined;
}

/** Answers one request: with one JSON body instead of an event stream, unless the tool streams. */
export async function serveLegacy(
  request: Request,
  options: { parsedBody: unknown; authInfo?: AuthInfo },
): Promise<Response> {
  const server = createServer(options.parsedBody);
  const streams = wantsStream(options.parsedBody);
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: !streams });
  server.server.onerror = report;
  await server.connect(transport);
  request.signal.addEventListener('abort', () => void server.close(), { once: true });
  // After an answer nothing is left to close, and closing would cost a sixth of the request.
  return transport.handleRequest(request, options);
}

/** Whether more than the result will be sent: the caller asked for progress, or the tool says so. */
function wantsStream(message: unknown): boolean {
  const { method, params } = message as {
    method?: string;
    params?: { name?: string; _meta?: { progressToken?: unknown } };
  };
  if (method !== 'tools/call') return false;
  return params?._meta?.progressToken !== undefined || streamingTools.has(params?.name ?? '');
}

/** For what the SDK only reports: the caller has an answer, the log has the reason. */
export function report(error: Error): void {
  log.info({ reason: error.message }, 'A request was not served');
}
