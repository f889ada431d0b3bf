// Leaving for the provider, and coming back in the same browser.
import { scopes as declared } from '../auth/scopes.js';
import type { Records } from '../store/records.js';
import type { Pending, Upstream } from '../upstream/upstream.js';
import type { BrowserContext, Browsers } from './browser.js';
import { lifetimes } from './lifetimes.js';

export interface Departure {
  /** What checks the provider's answer: state, nonce and PKCE verifier. */
  pending: Pending;
  /** The browser that left. */
  browser: string;
  /** The interaction of oidc-provider that goes on afterwards; none: the page of connections. */
  interaction?: string;
}

interface Destination {
  interaction?: string;
  otherAccount?: boolean;
}

export function createDepartures(records: Records, upstream: Upstream, browsers: Browsers) {
  const keyOf = (state: string) => `departure:${state}`;
  // Another browser cannot finish a login (RFC 9700 §4.7.1: state is bound to the user agent).
  const isSameBrowser = (ctx: BrowserContext, departure: Departure | undefined) =>
    departure !== undefined && departure.browser === browsers.idOf(ctx);

  return {
    /**
     * Remembers who leaves, after they have agreed (MCP, Authorization: confused deputy).
     * @param requested scopes of this server: of those that the provider grants, only these are asked for
     * @returns where to send the browser
     */
    async leave(
      ctx: BrowserContext,
      requested: readonly string[],
      { interaction, otherAccount = false }: Destination,
    ): Promise<URL> {
      const scopes = upstream.scopes.filter(
        (scope) => !declared.has(scope) || requested.includes(scope),
      );
      const { url, pending } = await upstream.begin(scopes, { otherAccount });
      const departure: Departure = {
        pending,
        browser: browsers.idOf(ctx),
        ...(interaction !== undefined && { interaction }),
      };
      await records.set(keyOf(pending.state), departure, lifetimes.upstreamLogin);
      return url;
    },

    /** Who comes back with this `state`, if it is the browser that left. */
    async find(ctx: BrowserContext, state: string): Promise<Departure | undefined> {
      const departure = await records.get<Departure>(keyOf(state));
      return isSameBrowser(ctx, departure) ? departure : undefined;
    },

    /**
     * The same, once: a second answer to the same departure finds nothing.
     * @param interaction what goes on: an answer to one question is no answer to another
     */
    async take(
      ctx: BrowserContext,
      state: string,
      interaction: string | undefined,
    ): Promise<Departure | undefined> {
      const departure = await this.find(ctx, state);
      if (departure === undefined || departure.interaction !== interaction) return undefined;
      return records.take<Departure>(keyOf(state));
    },
  };
}

export type Departures = ReturnType<typeof createDepartures>;
