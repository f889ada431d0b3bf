// The body of a request to the MCP endpoint: read and parsed once, within bounds.
import {
  DEFAULT_MAX_REQUEST_BODY_SIZE,
  isJsonContentType,
  readRequestBody,
} from '@modelcontextprotocol/server';

/** The parsed body, or the refusal of one that cannot be a message. */
export async function readMessage(request: Request): Promise<object | Response> {
  if (!isJsonContentType(request.headers.get('content-type'))) {
    return problem(415, -32000, 'The Content-Type must be application/json');
  }
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

/** A JSON-RPC error that answers no request in particular. */
export function problem(status: number, code: number, message: string, headers = {}): Response {
  const body = { jsonrpc: '2.0', id: null, error: { code, message } };
  return Response.json(body, { status, headers });
}
