// What this server uses of the Workers runtime. `wrangler types` writes all there is.
declare module 'cloudflare:workers' {
  /** Variables and secrets, and whatever else is bound. */
  export const env: Record<string, unknown>;
  /** Lets work go on when the request that it belongs to is over, for 30 seconds at most. */
  export function waitUntil(work: Promise<unknown>): void;
}
