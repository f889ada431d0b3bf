// Which path is which endpoint.
import type { KoaContextWithOIDC } from 'oidc-provider';

/** Goes before oidc-provider, which has not routed the request yet; for `provider.use`. */
export type Middleware = (
  ctx: Pick<KoaContextWithOIDC, 'method' | 'path' | 'query' | 'status' | 'body' | 'get' | 'set'>,
  next: () => Promise<unknown>,
) => Promise<unknown>;

/** The endpoints below `root`, which is empty or like `/oauth`. */
export function routesBelow(root: string) {
  return {
    authorization: `${root}/authorize`,
    token: `${root}/token`,
    registration: `${root}/register`,
    revocation: `${root}/revoke`,
    jwks: `${root}/jwks`,
  };
}

/** Whether oidc-provider takes `path` for `route`: it does not mind case and one slash at the end. */
export function isAt(path: string, route: string): boolean {
  return path.toLowerCase().replace(/(?<=.)\/$/, '') === route;
}
