// Where real MCP clients and a strict OpenID provider disagree, and how this one gives way.
import type { ClientMetadata, Configuration, errors, KoaContextWithOIDC } from 'oidc-provider';

type Next = () => Promise<unknown>;
/** Koa's context before oidc-provider has routed the request. */
type Context = Pick<
  KoaContextWithOIDC,
  'method' | 'path' | 'query' | 'status' | 'body' | 'get' | 'set'
>;

/** Members that some clients send malformed, and that are not needed here. */
const unused = ['contacts', 'logo_uri', 'client_uri', 'policy_uri', 'tos_uri', 'default_max_age'];

/**
 * Rules for client metadata, registered (RFC 7591) or fetched (client ID metadata documents).
 * They are applied at every load of a client, so applying them twice changes nothing.
 */
export const clientMetadata = (
  refusals: typeof errors,
): NonNullable<Configuration['extraClientMetadata']> => ({
  // Naming one property is what makes oidc-provider call the validator, once, with all of them.
  properties: ['scope'],
  validator(_ctx, _key, _value, metadata) {
    if ([metadata.redirect_uris].flat().some((uri) => foreignScheme.test(String(uri)))) {
      throw new refusals.InvalidRedirectUri('this scheme belongs to no client');
    }
    // A client bound to the scopes of its registration could never step up to more.
    delete metadata.scope;
    for (const name of unused) delete metadata[name];
    for (const [name, value] of Object.entries(metadata)) {
      if (value === null || value === '') delete metadata[name];
    }
    // RFC 7591 §3.2.1: a server may replace what was asked for. Some ask for grants nobody has here.
    metadata.grant_types = ['authorization_code', 'refresh_token'];
    metadata.response_types = ['code'];
    metadata.application_type = isWeb(metadata) ? 'web' : 'native';
  },
});

/** Schemes that are nobody's private use (RFC 8252 §7.1): what opens them is not the client. */
const foreignScheme =
  /^(ftp|wss?|file|data|javascript|view-source|ms-[a-z-]+|intent|chrome|about|blob|mailto):|^\s/i;

/**
 * Desktop clients often call themselves `web`. As `native` they get what they need (any loopback
 * port, private-use schemes: RFC 8252 §7), and plain http to other hosts is refused.
 */
function isWeb({ redirect_uris: uris }: ClientMetadata): boolean {
  return Array.isArray(uris) && uris.every((uri) => String(uri).startsWith('https:'));
}

/** Makes registration usable from browsers, and tells the client what it may ask for. */
export function openRegistration(scope: string) {
  return async (ctx: Context, next: Next) => {
    if (ctx.path !== '/register') return next();
    ctx.set('Access-Control-Allow-Origin', '*');
    if (ctx.method === 'OPTIONS') {
      ctx.set('Access-Control-Allow-Methods', 'POST');
      ctx.set('Access-Control-Allow-Headers', ctx.get('Access-Control-Request-Headers'));
      ctx.status = 204;
      return undefined;
    }
    await next();
    // A client that is told no scope may forget those it needs.
    if (ctx.status === 201) Object.assign(ctx.body as object, { scope });
    return undefined;
  };
}

/** The metadata lists the scopes of the server; oidc-provider itself only knows OpenID's. */
export function advertise(metadata: Record<string, unknown>) {
  return async (ctx: Context, next: Next) => {
    await next();
    if (ctx.path.startsWith('/.well-known/') && ctx.status === 200) {
      Object.assign(ctx.body as object, metadata);
    }
  };
}

/** Straightens the parameters of an authorization request. */
export function forgiveAuthorizationRequests(defaultScope: string) {
  return (ctx: Context, next: Next) => {
    if (ctx.path !== '/authorize') return next();
    const query = { ...ctx.query };
    if (typeof query.scope !== 'object') query.scope = query.scope?.trim() || defaultScope;
    // These two belong to OpenID Connect; without `openid` oidc-provider would refuse the request.
    if (!String(query.scope).split(' ').includes('openid')) {
      delete query.nonce;
      delete query.max_age;
    }
    // Login and consent are asked for every time, whatever the client would like.
    if (query.prompt !== 'none') query.prompt = 'consent';
    ctx.query = query;
    return next();
  };
}

/** URLs are the same when they differ by the case of the host or by one trailing slash. */
export function isSameResource(a: string, b: string): boolean {
  const plain = (url: string) => new URL(url).href.replace(/\/$/, '');
  return plain(a) === plain(b);
}
