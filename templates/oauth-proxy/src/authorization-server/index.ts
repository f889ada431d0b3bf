// The authorization server, put together: what it remembers, what it shows, and who answers what.
import { toolScopes } from '../auth/require-scope.js';
import { scopes as declared, identityScopes } from '../auth/scopes.js';
import type { Config } from '../config.js';
import { log } from '../log.js';
import type { App } from '../router.js';
import { deriveKeys, type SigningKey } from '../store/keys.js';
import { sealRecords } from '../store/records.js';
import type { Store } from '../store/store.js';
import { LoginEnded } from '../upstream/errors.js';
import { createLogins } from '../upstream/logins.js';
import type { TokenSet } from '../upstream/token-set.js';
import type { Upstream } from '../upstream/upstream.js';
import { straightenRequests } from './authorization-request.js';
import { createBrowsers } from './browser.js';
import { welcomeBack } from './callback.js';
import { keepConnections } from './connections.js';
import { showConnections } from './connections-page.js';
import { keepConsents } from './consents.js';
import { createDepartures } from './departures.js';
import { answerFailures } from './failures.js';
import { createFormTokens } from './form-tokens.js';
import { forbidFrames } from './frames.js';
import { createLogin } from './login.js';
import { mount } from './mount.js';
import { refuseOtherMethods } from './page-methods.js';
import { createPages } from './pages.js';
import { reportProblems } from './problems.js';
import type { Internet } from './public-fetch.js';
import { askPeople } from './question.js';
import { createRateLimits } from './rate-limit.js';
import { openRegistration } from './registration.js';
import { forgetBetween } from './request-context.js';
import { followRevocations } from './revocations.js';
import { routesBelow } from './route.js';
import { createAuthorizationServer } from './server.js';
import { advertise } from './server-metadata.js';
import { stopBeforeStrangers } from './stranger-redirects.js';

export interface Authorization {
  /** What its tokens are signed with; private. */
  keys: SigningKey[];
  intercept: NonNullable<App['intercept']>;
  /** Whether the connection of a client has been ended. */
  hasEnded(connection: string): boolean;
  /** The provider's tokens for a connection. @throws {LoginEnded | ProviderUnavailable} */
  upstreamTokens(connection: string): Promise<TokenSet>;
  close(): void;
}

interface Surroundings {
  config: Config['auth'];
  /** The MCP endpoint. */
  resource: URL;
  upstream: Upstream;
  store: Store;
  now: () => number;
  documents: Internet;
}

export async function createAuthorization(surroundings: Surroundings): Promise<Authorization> {
  const { config, resource, upstream, store, now, documents } = surroundings;
  const issuer = config.publicUrl;
  const providerName = upstream.title;
  const keys = deriveKeys(config.secrets);
  const records = sealRecords(store, keys.sealing);
  const logins = createLogins({ records, upstream, now });
  const revocations = await followRevocations(records, now);
  const connections = keepConnections(records, revocations);
  const consents = keepConsents(records);
  const browsers = createBrowsers(issuer, records);
  const departures = createDepartures(records, upstream, browsers);
  const forms = createFormTokens(keys.csrf);
  const pages = createPages(resource.href);
  const rateLimits = createRateLimits(records, config.trustedProxies, pages);
  // Of ours, every scope that is declared or needed; identity is the provider's to ask about.
  const ours = [...new Set([...declared.keys(), ...config.scopes, ...toolScopes])];
  const scopes = ours.filter((scope) => !identityScopes.has(scope) || scope === 'openid');

  const provider = await createAuthorizationServer({
    issuer,
    resource: resource.href,
    scopes,
    signingKeys: keys.signing,
    cookieKeys: keys.cookies,
    footer: pages.footer,
    records,
    logins,
    connections,
    rateLimits,
    documents,
  });
  const login = createLogin({
    provider,
    upstream,
    logins,
    browsers,
    departures,
    consents,
    connections,
  });
  const common = { pages, forms, browsers, departures, consents, login, providerName };
  const paths = routesBelow('/oauth');
  // It believes `Host` and `X-Forwarded-Proto` now, which mount.ts has written.
  provider.proxy = true;
  provider.use(forbidFrames);
  provider.use(answerFailures(provider, pages));
  provider.use(rateLimits.middleware);
  provider.use(refuseOtherMethods);
  provider.use(stopBeforeStrangers(paths.authorization, pages));
  provider.use(openRegistration({ path: paths.registration, scope: scopes.join(' ') }));
  provider.use(advertise({ scopes_supported: scopes, protected_resources: [resource.href] }));
  provider.use(
    straightenRequests({
      path: paths.authorization,
      defaultScope: config.scopes.join(' '),
      resource: resource.href,
    }),
  );
  provider.use(welcomeBack(issuer, departures, pages));
  provider.use(askPeople({ ...common, provider, scopes }));
  provider.use(showConnections({ ...common, issuer, connections }));
  reportProblems(provider, {
    refused: (problem) => log.info({ problem }, 'A client was refused'),
    failed: (error) => log.error({ err: error }, 'The authorization server failed'),
  });

  return {
    keys: keys.signing,
    intercept: mount(issuer, forgetBetween(provider.callback())),
    hasEnded: (connection) => revocations.has(connection),
    async upstreamTokens(id) {
      const connection = await connections.find(id);
      if (connection === undefined) throw new LoginEnded({ reason: 'the connection has ended' });
      try {
        return await logins.access(connection.login);
      } catch (error) {
        if (error instanceof LoginEnded) await connections.end(id);
        throw error;
      }
    },
    close: () => revocations.close(),
  };
}
