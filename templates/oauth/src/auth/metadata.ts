// What this server publishes about itself, so that clients find the login (RFC 9728).
import { allowAnyOrigin } from '../guard.js';
import type { Handler } from '../router.js';

const wellKnown = '/.well-known/oauth-protected-resource';

/**
 * Where the metadata of `resource` lives: the well-known path is inserted before the resource's own
 * (RFC 9728 §3.1).
 */
export function metadataUrl(resource: URL): string {
  return `${resource.origin}${wellKnown}${resource.pathname}`;
}

/**
 * The routes of the protected resource metadata: the path-inserted one, and the root one, which
 * clients try as well (MCP, Authorization: Protected Resource Metadata Discovery Requirements).
 * The issuer is published byte for byte, because clients compare it with what they find there.
 */
export function metadataRoutes(
  { resource, scopes, name }: { resource: URL; scopes: string[]; name: string },
  issuer: string,
): Record<string, Handler> {
  const document = {
    resource: resource.href,
    resource_name: name,
    authorization_servers: [issuer],
    scopes_supported: scopes,
    bearer_methods_supported: ['header'],
  };
  const answer: Handler = async ({ method }) => {
    if (method === 'OPTIONS') {
      const headers = {
        'access-control-allow-methods': 'GET',
        'access-control-allow-headers': '*',
      };
      return allowAnyOrigin(new Response(null, { status: 204, headers }));
    }
    if (method !== 'GET' && method !== 'HEAD') {
      return new Response(null, { status: 405, headers: { allow: 'GET, HEAD, OPTIONS' } });
    }
    return allowAnyOrigin(Response.json(document, { headers: { 'cache-control': 'max-age=60' } }));
  };
  return { [wellKnown]: answer, [new URL(metadataUrl(resource)).pathname]: answer };
}
