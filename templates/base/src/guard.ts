// Who may call the MCP endpoint at all: Host and Origin validation, and CORS for browser clients.
import { log } from './log.js';
import type { Handler } from './router.js';
import { isLoopback } from './settings.js';

/** Requests may carry these besides what CORS allows anyway; `Mcp-*` headers are allowed as well. */
const allowedHeaders = ['authorization', 'content-type', 'accept', 'last-event-id'];
const exposedHeaders = 'WWW-Authenticate, Retry-After, Mcp-Session-Id, Mcp-Protocol-Version';

/**
 * Protects `handler` against DNS rebinding and against websites its user did not mean to use
 * (MCP, Streamable HTTP: servers MUST validate `Origin`). Allowed are the host of `resource`,
 * loopback hosts, and `allowedOrigins`. Preflights are answered before anything asks for a token.
 */
export function guard(
  { resource, allowedOrigins }: { resource: URL; allowedOrigins: string[] },
  handler: Handler,
): Handler {
  const origins = new Set([resource.origin, ...allowedOrigins]);

  return async (request) => {
    const host = request.headers.get('host') ?? new URL(request.url).host;
    if (!isAllowedHost(host, resource)) {
      return refuse('The Host header names another server than PUBLIC_URL does', { host });
    }
    const origin = request.headers.get('origin');
    // Only browsers send an Origin; other clients have nothing to be tricked by.
    if (origin !== null && !origins.has(origin) && !isLoopbackOrigin(origin)) {
      return refuse('The Origin is not allowed', { origin });
    }
    const answer = request.method === 'OPTIONS' ? preflight(request) : await handler(request);
    return origin === null ? answer : allowOrigin(answer, origin);
  };
}

/** Lets any website read `response`, for documents that are public anyway. */
export function allowAnyOrigin(response: Response): Response {
  return allowOrigin(response, '*');
}

function isAllowedHost(host: string, resource: URL): boolean {
  if (host === resource.host) return true;
  // A page that rebinds its name to this machine still sends that name, so loopback names are safe.
  if (!URL.canParse(`http://${host}`)) return false;
  const url = new URL(`http://${host}`);
  return url.hostname === resource.hostname || isLoopback(url);
}

function isLoopbackOrigin(origin: string): boolean {
  return /^https?:\/\//.test(origin) && URL.canParse(origin) && isLoopback(new URL(origin));
}

function preflight(request: Request): Response {
  const asked = request.headers
    .get('access-control-request-headers')
    ?.toLowerCase()
    .split(/\s*,\s*/);
  const allowed = asked?.filter(
    (name) => allowedHeaders.includes(name) || /^mcp-[\w-]+$/.test(name),
  );
  return new Response(null, {
    status: 204,
    headers: {
      allow: 'POST, OPTIONS',
      'access-control-allow-methods': 'POST, GET, DELETE',
      'access-control-allow-headers': allowed?.join(', ') || allowedHeaders.join(', '),
      'access-control-max-age': '7200',
    },
  });
}

function allowOrigin(response: Response, origin: string): Response {
  response.headers.set('access-control-allow-origin', origin);
  response.headers.set('access-control-expose-headers', exposedHeaders);
  response.headers.append('vary', 'Origin');
  return response;
}

function refuse(message: string, found: Record<string, string>): Response {
  log.warn(found, message);
  return Response.json({ error: 'forbidden', error_description: message }, { status: 403 });
}
