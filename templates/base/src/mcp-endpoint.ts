// The MCP endpoint: one HTTP request in, one answer out, for 2026-07-28 and 2025-era clients.
import {
  type AuthInfo,
  createMcpHandler,
  DEFAULT_MAX_REQUEST_BODY_SIZE,
  isJsonContentType,
  isLegacyRequest,
  PROTOCOL_VERSION_META_KEY,
  readRequestBody,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server';
import { log } from './log.js';
import { createServer } from './server.js';
import { tools } from './tools/index.js';

/** Answers one request. `authInfo` says who is calling; tools see it as `context.http.authInfo`. */
export type McpEndpoint = (request: Request, authInfo?: AuthInfo) => Promise<Response>;

const streamingTools = new Set(tools.filter((tool) => tool.streams).map((tool) => tool.name));

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
    if (!isJsonContentType(request.headers.get('content-type'))) {
      return problem(415, -32000, 'The Content-Type must be application/json');
    }
    const message = await readMessage(request);
    if (message instanceof Response) return message;
    const options = { parsedBody: message, ...(authInfo && { authInfo }) };
    messages.set(request, message);
    // Who sends the envelope speaks 2026-07-28; only for others the SDK has to look closer.
    const legacy = !hasEnvelope(message) && (await isLegacyRequest(request, message));
    return legacy ? serveLegacy(request, options) : modern.fetch(request, options);
  };
}

/** 2025-era clients get one JSON body instead of an event stream, unless the tool streams. */
async function serveLegacy(
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

/** The parsed body, or the refusal of one that cannot be a message. */
async function readMessage(request: Request): Promise<object | Response> {
  const declared = request.headers.get('content-length');
  let text: string;
  if (declared !== null && Number(declared) <= DEFAULT_MAX_REQUEST_BODY_SIZE) {
    // HTTP itself holds the body to its declared length; reading it whole is the fast path.
    text = await request.text();
  } else {
    const body = await readRequestBody(request);
    if (body.tooLarge) {
      return problem(413, -32000, `The body is over ${DEFAULT_MAX_REQUEST_BODY_SIZE} bytes`);
    }
    text = body.text;
  }
  let message: unknown;
  try {
    message = JSON.parse(text);
  } catch {
    return problem(400, -32700, 'Parse error: the body is not valid JSON');
  }
  if (typeof message !== 'object' || message === null) {
    return problem(400, -32600, 'Invalid request: the body is not a JSON-RPC message');
  }
  if (text.length > deepest && isDeeperThan(deepest, message)) {
    return problem(400, -32600, 'Invalid request: the message is nested too deeply');
  }
  return message;
}

/** Deeper than any honest message. Schemas are checked by recursion, which has an end. */
const deepest = 500;

function isDeeperThan(limit: number, message: object): boolean {
  let level: unknown[] = [message];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > limit) return true;
    level = level.flatMap((value) =>
      typeof value === 'object' && value !== null ? Object.values(value) : [],
    );
  }
  return false;
}

function hasEnvelope(message: object): boolean {
  const { params } = message as { params?: { _meta?: Record<string, unknown> } | null };
  return params?._meta?.[PROTOCOL_VERSION_META_KEY] !== undefined;
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

function report(error: Error): void {
  log.info({ reason: error.message }, 'A request was not served');
}

function problem(status: number, code: number, message: string, headers = {}): Response {
  const body = { jsonrpc: '2.0', id: null, error: { code, message } };
  return Response.json(body, { status, headers });
}
