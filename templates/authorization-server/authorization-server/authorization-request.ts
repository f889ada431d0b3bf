// Authorization requests (RFC 6749 §4.1.1) as MCP clients send them, for a strict OpenID provider.
import { isSameResource, spellingsOf } from './resource.js';
import { isAt, type Middleware } from './route.js';

interface Straightening {
  /** Of the authorization endpoint. */
  path: string;
  /** What a client gets that asks for no scope, separated by spaces. */
  defaultScope: string;
  /** The MCP endpoint. */
  resource: string;
}

/** OpenID Connect's; oidc-provider refuses them in requests without the scope `openid`. */
const openidOnly = ['acr_values', 'claims_locales', 'id_token_hint', 'max_age', 'nonce'];

/** Straightens the parameters of authorization requests; what is wrong stays, to be refused. */
export function straightenRequests({ path, defaultScope, resource }: Straightening): Middleware {
  return (ctx, next) => {
    if (!isAt(ctx.path, path)) return next();
    const query = { ...ctx.query };
    if (typeof query.scope !== 'object') query.scope = query.scope?.trim() || defaultScope;
    if (!String(query.scope).split(' ').includes('openid')) {
      for (const name of openidOnly) delete query[name];
    }
    // One that is there twice stays, to be refused (RFC 6749 §3.1).
    if (typeof query.prompt === 'string' && query.prompt !== 'none') {
      query.prompt = promptsIn(query.prompt);
    }
    // The token endpoint takes only what was asked for here, letter by letter, and there clients
    // may spell it in another way.
    const resources = [query.resource || resource].flat();
    if (resources.every((url) => isSameResource(url, resource))) {
      query.resource = spellingsOf(resource);
    }
    ctx.query = query;
    return next();
  };
}

/**
 * There is always an interaction, whatever the client would like; what it asks is decided there,
 * and for that it stays visible what the client wants to be asked in any case.
 */
function promptsIn(asked: string): string | undefined {
  const prompts = [
    ...(/\b(login|select_account)\b/.test(asked) ? ['login'] : []),
    ...(/\bconsent\b/.test(asked) ? ['consent'] : []),
  ];
  return prompts.join(' ') || undefined;
}
