// The client of the provider: sends people there, takes them back, and keeps their tokens fresh.
import * as client from 'openid-client';
import { provider } from '../auth/provider.js';
import { isAdmitted } from './admission.js';
import { configure } from './configuration.js';
import { LoginEnded, LoginFailed } from './errors.js';
import { createIdentify, type TokenAnswer } from './identity.js';
import { toLoginProblem, toRefreshProblem } from './library-errors.js';
import { createProviderFetch } from './provider-fetch.js';
import { createScopeNames } from './scope-names.js';
import type { UpstreamServer } from './server-metadata.js';
import type { TokenSet } from './token-set.js';
import type { Upstream, UpstreamConfig } from './upstream.js';
import { createUserInfo, type UserInfo } from './userinfo.js';

/**
 * @param server the provider's metadata
 * @param redirectUri of this server, as it is registered at the provider
 * @param options.now in milliseconds
 * @throws {SetupError} when the metadata lacks what is needed
 */
export async function createUpstream({
  config,
  server,
  redirectUri,
  fetch = globalThis.fetch,
  now = Date.now,
}: {
  config: UpstreamConfig;
  server: UpstreamServer;
  redirectUri: URL;
  fetch?: typeof globalThis.fetch;
  now?: () => number;
}): Promise<Upstream> {
  const { title, verify } = provider;
  const usesIdToken = verify === 'id_token';
  // ID tokens that nobody reads need not be good ones, either.
  const ask = createProviderFetch(
    fetch,
    server.token_endpoint,
    usesIdToken ? undefined : 'id_token',
  );
  const configuration = await configure(server, config.client, ask);
  // Only where it says who logged in it is known to take these tokens. Elsewhere they may be for
  // another API, and refused here though the login is good (Entra); unless a setting says otherwise.
  const known = verify === 'userinfo' ? (provider.userinfo ?? server.userinfo_endpoint) : undefined;
  const address = config.userinfoUrl ?? known;
  const userInfo = address === undefined ? undefined : createUserInfo(configuration, address);
  const identify = createIdentify(verify, server, userInfo ?? describing(), ask, now);
  const names = createScopeNames(config.client.id);

  function toTokenSet(answer: TokenAnswer, asked: number, requested: readonly string[]): TokenSet {
    return {
      accessToken: answer.access_token,
      ...(answer.refresh_token !== undefined && { refreshToken: answer.refresh_token }),
      // RFC 6749 §5.1: without it, nothing is known, and nothing is invented.
      ...(answer.expires_in !== undefined && {
        expiresAt: Math.floor(asked / 1000) + answer.expires_in,
      }),
      scopes: names.granted(answer.scope, requested),
    };
  }

  const upstream: Upstream = {
    title,
    scopes: withOpenid(names.toPlain(config.upstreamScopes)),
    canCheck: userInfo !== undefined,
    admits: (user) => isAdmitted(user, config.allowedUsers),

    async begin(scopes, { otherAccount = false } = {}) {
      const pending = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
        scopes: withOpenid(names.toPlain(scopes)),
      };
      const { prompt, ...others } = provider.authorizationParameters;
      const prompts = [prompt, otherAccount && (provider.otherAccountPrompt ?? 'login')];
      const scope = names.toProvider(pending.scopes).join(' ');
      // RFC 8707's `resource` is never sent: this server's address means nothing to the provider, and
      // some refuse the whole request for it.
      const url = client.buildAuthorizationUrl(configuration, {
        ...others,
        ...(prompts.some(Boolean) && { prompt: prompts.filter(Boolean).join(' ') }),
        ...(scope !== '' && { scope }),
        redirect_uri: redirectUri.href,
        state: pending.state,
        // RFC 7636 §4.2: S256 always, whether or not the metadata says that it is supported.
        code_challenge: await client.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
        // OpenID Connect Core §15.5.2: binds the ID token to this login.
        ...(usesIdToken && { nonce: pending.nonce }),
      });
      return { url, pending };
    },

    async finish(callback, pending) {
      const { state, verifier, nonce, scopes } = pending;
      // The address that is registered, whatever a proxy in between made of it.
      const answered = new URL(redirectUri);
      answered.search = callback.search;
      const code = answered.searchParams.get('code');
      if (code === null && !answered.searchParams.has('error')) {
        throw new LoginFailed('callback_refused', { reason: 'it has neither code nor error' });
      }
      try {
        const asked = now();
        const answer = await client.authorizationCodeGrant(configuration, answered, {
          expectedState: state,
          pkceCodeVerifier: verifier,
          ...(usesIdToken && { expectedNonce: nonce, idTokenExpected: true }),
        });
        const user = await identify(answer);
        if (!upstream.admits(user)) {
          const { subject, email, emailVerified, domain } = user;
          throw new LoginFailed('not_admitted', { subject, email, emailVerified, domain });
        }
        return { user, tokens: toTokenSet(answer, asked, scopes) };
      } catch (error) {
        throw toLoginProblem(error, [code ?? '', state, verifier, nonce, config.client.secret]);
      }
    },

    async refresh(tokens, user) {
      const { refreshToken, scopes } = tokens;
      if (refreshToken === undefined) throw new LoginEnded({ reason: 'nothing can be refreshed' });
      // RFC 6749 §6: without `scope` it is what was granted; some want to hear it again.
      const parameters = provider.refreshWithScopes
        ? { scope: names.toProvider(scopes).join(' ') }
        : {};
      const asked = now();
      const answer = await client
        .refreshTokenGrant(configuration, refreshToken, parameters)
        .catch((error: unknown): never => {
          throw toRefreshProblem(error, [refreshToken, config.client.secret]);
        });
      const claims = answer.claims();
      // OpenID Connect Core §12.2: the person must be the same.
      if (claims !== undefined && String(claims[provider.subjectClaim]) !== user.subject) {
        throw new LoginEnded({ reason: 'the new tokens are of somebody else' });
      }
      // RFC 6749 §5.1, §6: what is not said anew stays as it was.
      return { refreshToken, ...toTokenSet(answer, asked, scopes) };
    },

    async check({ accessToken }) {
      await userInfo?.ask(accessToken);
    },
  };
  return upstream;

  /** What has more to say about a person than the ID token, if that is requested. */
  function describing(): UserInfo | undefined {
    const { userinfo_endpoint: endpoint } = server;
    const isRequested = usesIdToken && config.upstreamScopes.includes('email');
    return isRequested && endpoint ? createUserInfo(configuration, endpoint) : undefined;
  }

  /** An ID token comes only with this scope (OpenID Connect Core §3.1.2.1). */
  function withOpenid(scopes: string[]): string[] {
    return !usesIdToken || scopes.includes('openid') ? scopes : ['openid', ...scopes];
  }
}
