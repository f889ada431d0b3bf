// Which requests are the authorization server's, and how oidc-provider is to see them. It is served
// before the web framework, because it reads bodies and sets cookies by itself.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { App } from '../router.js';

const wellKnown = ['/.well-known/oauth-authorization-server', '/.well-known/openid-configuration'];

/**
 * @param issuer PUBLIC_URL
 * @param answer oidc-provider
 */
export function mount(
  issuer: string,
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<void>,
): NonNullable<App['intercept']> {
  const { protocol, host, pathname } = new URL(issuer);
  const base = pathname.replace(/\/$/, '');

  return (request, response) => {
    const url = localUrl(request.url ?? '/', base);
    if (url === undefined) return false;
    // oidc-provider writes its addresses from these; they come from PUBLIC_URL, and from nothing
    // that a client or a proxy sends.
    request.headers.host = host;
    request.headers['x-forwarded-proto'] = protocol.slice(0, -1);
    delete request.headers['x-forwarded-host'];
    request.url = url;
    // As a framework leaves it behind that has stripped the path: it becomes part of addresses.
    Object.assign(request, { baseUrl: base });
    void answer(request, response);
    return true;
  };
}

/** The path and query below the issuer, if they are the authorization server's. */
function localUrl(url: string, base: string): string | undefined {
  const [, path = '', query = ''] = /^([^?#]*)(\?[^#]*)?/.exec(url) ?? [];
  // RFC 8414 §3.1: the well-known path goes before the path of the issuer.
  const document = wellKnown.find((name) => path === name || path === `${name}${base}`);
  if (document !== undefined) return document;
  // Some reverse proxies keep the path of PUBLIC_URL, some take it away.
  const local = base !== '' && path.startsWith(`${base}/`) ? path.slice(base.length) : path;
  return local.startsWith('/oauth/') || wellKnown.includes(local) ? `${local}${query}` : undefined;
}
