// The settings of oidc-provider: what this identity provider can do, and for how long.
import type { Configuration } from 'oidc-provider';
import { straightenRequests } from './authorization-server/authorization-request.js';
import { errorPage } from './authorization-server/error-page.js';
import { loadProvider } from './authorization-server/load-provider.js';
import { pageHeaders } from './authorization-server/page.js';
import { reportProblems } from './authorization-server/problems.js';
import { openRegistration } from './authorization-server/registration.js';
import { routesBelow } from './authorization-server/route.js';
import { advertise } from './authorization-server/server-metadata.js';
import { serverSettings } from './authorization-server/server-settings.js';
import type { IdentityProviderOptions } from './identity-provider.js';
import { interactions } from './interaction.js';
import { footer, homePage } from './pages.js';
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
const lifetimes = {
  accessToken: hour,
  authorizationCode: 60,
  refreshToken: 30 * day,
  interaction: hour,
  grant: 365 * day,
};

/** The provider for `issuer`, with everything it does beyond the library's own. */
export async function createProvider(issuer: string, options: IdentityProviderOptions) {
  const { resource, audience = resource, log = () => {} } = options;
  const store = openStore(options.directory, log);
  const undescribed = options.defaultScopes.map((scope) => [scope, '']);
  const scopes: Record<string, string> = {
    ...Object.fromEntries(undescribed),
    ...openidScopes,
    ...options.scopes,
  };
  // Clients that see offline_access here ask for it each time; they get refresh tokens anyway.
  const supported = Object.keys(scopes).filter((scope) => scope !== 'offline_access');

  const { Provider, errors } = await loadProvider();
  const settings = serverSettings(
    {
      root: '',
      resource,
      audience,
      scopes: Object.keys(scopes),
      signingKeys: [store.signingKey],
      algorithm: 'RS256',
      cookieKeys: [store.cookieSecret],
      lifetimes,
      showError: (problem) => errorPage({ ...problem, footer }),
    },
    errors,
  );
  const provider = new Provider(issuer, { ...settings, ...accounts(store) });

  const paths = routesBelow('');
  const defaultScope = options.defaultScopes.join(' ');
  provider.use(openRegistration({ path: paths.registration, scope: supported.join(' ') }));
  // `protected_resources` is RFC 9728 §4.
  provider.use(advertise({ scopes_supported: supported, protected_resources: [resource] }));
  provider.use(straightenRequests({ path: paths.authorization, defaultScope, resource }));
  provider.use(interactions({ provider, store, resource, scopes, log }));
  provider.use((ctx, next) => {
    if (ctx.path !== '/') return next();
    ctx.set(pageHeaders);
    ctx.body = homePage(resource);
    return undefined;
  });
  reportProblems(provider, {
    refused: (problem) => log(`Refused: ${problem}`),
    failed: (error) => log(`${error.stack}`),
  });
  return provider;
}

function accounts(store: Store) {
  return {
    adapter: (model: string) => store.adapter(model),
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
  } satisfies Configuration;
}
