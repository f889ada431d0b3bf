// What is answered when the server itself fails, which is nobody's fault who asks.
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { log } from '../log.js';
import { StoreUnavailable } from '../store/store.js';
import type { Pages } from './pages.js';

const unavailable = {
  status: 503,
  retryAfter: 5,
  // RFC 6749 §4.1.2.1. For another code, or none, MCP clients give up their tokens and make the
  // person log in again; for this one they keep them.
  error: 'temporarily_unavailable',
  description: 'The server cannot look up logins at the moment. Try again in a minute.',
};

const broken = {
  status: 500,
  error: 'server_error',
  description: 'The server has made a mistake. Whoever runs it finds more in its log.',
};

/** Goes before everything else. */
export function answerFailures(provider: Provider, pages: Pages) {
  /** Requests that oidc-provider has answered already, with a 500. */
  const withoutStore = new WeakSet<object>();
  provider.on('server_error', (ctx, error) => {
    if (error instanceof StoreUnavailable) withoutStore.add(ctx);
  });

  return async (ctx: KoaContextWithOIDC, next: () => Promise<unknown>): Promise<void> => {
    try {
      await next();
      if (withoutStore.has(ctx)) pages.decline(ctx, unavailable);
    } catch (error) {
      log.error({ err: error, path: ctx.path }, 'The authorization server failed');
      pages.decline(ctx, error instanceof StoreUnavailable ? unavailable : broken);
    }
  };
}
