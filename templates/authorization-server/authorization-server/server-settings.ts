// The settings of oidc-provider that make it an authorization server for MCP clients.
import type { AsymmetricSigningAlgorithm, Configuration, errors, JWK } from 'oidc-provider';
import { clientMetadata } from './client-metadata.js';
import { pageHeaders } from './page.js';
import { isSameResource } from './resource.js';
import { routesBelow } from './route.js';

export interface ServerOptions {
  /** What the paths of all endpoints begin with: empty, or like `/oauth`. */
  root: string;
  /** The MCP endpoint: the only resource that tokens are issued for (RFC 8707). */
  resource: string;
  /** The `aud` of access tokens; default: the resource. */
  audience?: string;
  /** Every scope that a token may have. */
  scopes: readonly string[];
  /** Private keys, the one that signs first. */
  signingKeys: JWK[];
  /** What the keys are for. */
  algorithm: AsymmetricSigningAlgorithm;
  /** Sign the cookies, the newest first. */
  cookieKeys: string[];
  /** In seconds; that of a refresh token counts from its last use on. */
  lifetimes: Record<Lived, number>;
  /** @returns HTML */
  showError(problem: { error: string; description?: string | undefined }): string;
}

type Lived = 'accessToken' | 'authorizationCode' | 'refreshToken' | 'interaction' | 'grant';

/**
 * What every such server has in common. It lacks a store, accounts and claims; interactions are at
 * `/interaction/…` below the root.
 */
export function serverSettings(options: ServerOptions, refusals: typeof errors) {
  const {
    root,
    resource,
    audience = resource,
    scopes,
    signingKeys,
    algorithm,
    lifetimes,
  } = options;
  return {
    jwks: { keys: signingKeys },
    routes: routesBelow(root),
    interactions: { url: ({ oidc }, { uid }) => `${oidc.issuer}${root}/interaction/${uid}` },
    cookies: {
      keys: options.cookieKeys,
      // The session's cookie never comes back: who is logged in is asked in each interaction.
      long: { path: '/no-session', httpOnly: true, sameSite: 'lax' },
    },
    responseTypes: ['code'],
    clientDefaults: {
      token_endpoint_auth_method: 'none',
      id_token_signed_response_alg: algorithm,
    },
    extraClientMetadata: clientMetadata(refusals),
    // Whoever runs a client in a browser chooses its origin; there are no cookies at these endpoints.
    clientBasedCORS: () => true,
    // OAuth 2.1 §4.1.1: for confidential clients too. oidc-provider knows only S256.
    pkce: { required: () => true },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    ttl: {
      AccessToken: lifetimes.accessToken,
      AuthorizationCode: lifetimes.authorizationCode,
      RefreshToken: lifetimes.refreshToken,
      IdToken: lifetimes.accessToken,
      Interaction: lifetimes.interaction,
      Grant: lifetimes.grant,
      Session: 60,
    },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      registration: { enabled: true, issueRegistrationAccessToken: false },
      clientIdMetadataDocument: { enabled: true, ack: 'draft-02' },
      resourceIndicators: {
        enabled: true,
        // Without a resource access tokens would be opaque.
        defaultResource: () => resource,
        getResourceServerInfo(_ctx, requested) {
          if (!isSameResource(requested, resource)) throw new refusals.InvalidTarget();
          return {
            scope: scopes.join(' '),
            audience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: lifetimes.accessToken,
            jwt: { sign: { alg: algorithm } },
          };
        },
      },
    },
    renderError(ctx, { error, error_description: description }) {
      ctx.set(pageHeaders);
      ctx.body = options.showError({ error, description });
    },
  } satisfies Configuration;
}
