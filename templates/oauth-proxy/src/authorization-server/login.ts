// What happens when a person is back from the provider, or has been here before: the login is kept,
// and the client gets its connection.
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { log } from '../log.js';
import { LoginFailed } from '../upstream/errors.js';
import type { Logins } from '../upstream/logins.js';
import { grantable } from '../upstream/scope-names.js';
import type { Upstream } from '../upstream/upstream.js';
import type { BrowserContext, BrowserSession, Browsers } from './browser.js';
import type { Connections } from './connections.js';
import type { Consents } from './consents.js';
import type { Departures } from './departures.js';
import { destinationOf } from './redirect-uris.js';
import { grantAccess, type RequestedAccess } from './requested-access.js';

export interface LoginParts {
  provider: Provider;
  upstream: Upstream;
  logins: Logins;
  browsers: Browsers;
  departures: Departures;
  consents: Consents;
  connections: Connections;
}

export function createLogin(parts: LoginParts) {
  const { provider, upstream, logins, browsers, departures, consents, connections } = parts;

  return {
    /**
     * Finishes a login with the provider's answer, and keeps the browser logged in.
     * @param interaction what the login was begun for; none: the page of connections
     * @throws {LoginFailed | ProviderUnavailable}
     */
    async finish(ctx: KoaContextWithOIDC, interaction?: string): Promise<BrowserSession> {
      const departure = await departures.take(ctx, String(ctx.query.state), interaction);
      if (departure === undefined) throw new LoginFailed('callback_refused');
      const { user, tokens } = await upstream.finish(ctx, departure.pending);
      const login = await logins.create({ user, tokens });
      const session = { user, login };
      await browsers.signIn(ctx, session);
      log.info({ subject: user.subject }, 'Somebody logged in');
      return session;
    },

    /**
     * Connects the client that asked, for the person who is logged in and has agreed.
     * @returns what oidc-provider is to go on with
     */
    async connect({ user, login }: BrowserSession, request: RequestedAccess) {
      const { clientId, client, redirectUri } = request;
      const requested = request.scopes.map(({ scope }) => scope);
      const { scopes: granted } = await logins.access(login);
      const scopes = grantable(requested, granted, upstream.scopes);
      if (scopes.length === 0) {
        return { error: 'invalid_scope', error_description: 'None of the scopes can be granted' };
      }
      const refused = requested.filter((scope) => !scopes.includes(scope));
      const access = { ...request, accountId: user.subject, scopes, refused };
      const grantId = await grantAccess(provider, access);
      await connections.open({
        grantId,
        user: user.subject,
        claims: user.claims,
        login,
        clientId,
        clientName: client.name,
        leadsTo: destinationOf(redirectUri).name,
        scopes,
        since: Math.floor(Date.now() / 1000),
      });
      await consents.remember({ user: user.subject, clientId, redirectUri, scopes: requested });
      log.info({ subject: user.subject, clientId, scopes }, 'A client is connected');
      return { login: { accountId: user.subject }, consent: { grantId } };
    },

    /**
     * Who is logged in at this browser, while the provider still says so, and if it has granted what
     * it has to grant of `scopes`.
     */
    async whoIs(
      ctx: BrowserContext,
      scopes: readonly string[] = [],
    ): Promise<BrowserSession | undefined> {
      const session = await browsers.sessionOf(ctx);
      const tokens = session && (await logins.access(session.login).catch(() => undefined));
      if (tokens === undefined) return undefined;
      const granted = grantable(scopes, tokens.scopes, upstream.scopes);
      return granted.length === scopes.length ? session : undefined;
    },
  };
}

export type Login = ReturnType<typeof createLogin>;
