// The settings of oidc-provider: what this identity provider can do, and for how long.
import type { Configuration, errors } from 'oidc-provider';
import {
  advertise,
  clientMetadata,
  forgiveAuthorizationRequests,
  isSameResource,
  openRegistration,
} from './client-rules.js';
import type { IdentityProviderOptions } from './identity-provider.js';
import { interactions } from './interaction.js';
import { errorPage, homePage, pageHeaders } from './pages.js';
import { openStore, type Store } from './store.js';
import { claimsOf } from './user.js';

const openidScopes = {
  openid: 'Know who you are',
  profile: 'Know your name',
  email: 'Know your e-mail address',
  offline_access: 'Stay connected until you log out',
};

const hour = 3600;
const day = 24 * hour;

/** The provider for `issuer`, with everything it does beyond the library's own. */
export async function createProvider(issuer: string, options: IdentityProviderOptions) {
  const log = options.log ?? (() => {});
  const store = openStore(options.directory, log);
  const undescribed = options.defaultScopes.map((scope) => [scope, '']);
  const scopes: Record<string, string> = {
    ...Object.fromEntries(undescribed),
    ...openidScopes,
    ...options.scopes,
  };
  // Clients that see offline_access here ask for it each time; they get refresh tokens anyway.
  const supported = Object.keys(scopes).filter((scope) => scope !== 'offline_access');

  const { Provider, errors: refusals } = await importQuietly();
  const provider = new Provider(issuer, {
    ...settings(store, refusals),
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
        defaultResource: (_ctx, _client, oneOf) => oneOf?.[0] ?? options.resource,
        getResourceServerInfo(_ctx, resource) {
          if (!isSameResource(resource, options.resource)) throw new refusals.InvalidTarget();
          return {
            scope: Object.keys(scopes).join(' '),
            audience: options.audience ?? options.resource,
            accessTokenFormat: 'jwt',
            accessTokenTTL: hour,
            jwt: { sign: { alg: 'RS256' } },
          };
        },
      },
    },
  });
  provider.use(openRegistration(supported.join(' ')));
  provider.use(
    // `protected_resources` is RFC 9728 §4.
    advertise({ scopes_supported: supported, protected_resources: [options.resource] }),
  );
  provider.use(forgiveAuthorizationRequests(options.defaultScopes.join(' ')));
  provider.use(interactions({ provider, store, scopes, log }));
  provider.use((ctx, next) => {
    if (ctx.path !== '/') return next();
    ctx.set(pageHeaders);
    ctx.body = homePage(options.resource);
    return undefined;
  });
  provider.on('server_error', (_ctx, error) => log(`${error.stack}`));
  // Clients are told little; the developer may know.
  const explain = (_ctx: unknown, error: errors.OIDCProviderError) =>
    log(`Refused: ${error.message}, ${error.error_detail ?? error.error_description}`);
  provider.on('authorization.error', explain);
  provider.on('grant.error', explain);
  provider.on('registration_create.error', explain);
  return provider;
}

function settings(store: Store, refusals: typeof errors): Configuration {
  return {
    adapter: (model: string) => store.adapter(model),
    jwks: { keys: [store.signingKey] },
    cookies: {
      keys: [store.cookieSecret],
      // The session's cookie never comes back: each login stands alone, and may be somebody else's.
      long: { path: '/no-session', httpOnly: true, sameSite: 'lax' },
    },
    routes: {
      authorization: '/authorize',
      token: '/token',
      jwks: '/jwks',
      registration: '/register',
    },
    responseTypes: ['code'],
    // In the ID token, because there is no userinfo endpoint.
    claims: {
      openid: ['sub'],
      profile: ['name', 'preferred_username'],
      email: ['email', 'email_verified'],
    },
    findAccount(_ctx, sub) {
      const user = store.findUser(sub);
      return user && { accountId: sub, claims: () => claimsOf(user) };
    },
    clientDefaults: { token_endpoint_auth_method: 'none' },
    extraClientMetadata: clientMetadata(refusals),
    clientBasedCORS: () => true,
    pkce: { required: () => true },
    issueRefreshToken: () => true,
    rotateRefreshToken: true,
    expiresWithSession: () => false,
    ttl: {
      AccessToken: hour,
      IdToken: hour,
      Interaction: hour,
      Session: 60,
      AuthorizationCode: 60,
      RefreshToken: 30 * day,
      Grant: 365 * day,
    },
    renderError(ctx, { error, error_description }) {
      ctx.set(pageHeaders);
      ctx.body = errorPage(error, error_description);
    },
  };
}

/** oidc-provider warns on Node 20, where it runs well; nobody can do anything about that. */
async function importQuietly() {
  const { warn } = console;
  console.warn = () => {};
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}
