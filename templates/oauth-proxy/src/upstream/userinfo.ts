// Asking the provider who a token belongs to, and by that whether it is still good.
import * as client from 'openid-client';
import type { Claims } from '../auth/claims.js';
import { provider } from '../auth/provider.js';
import { LoginEnded, ProviderUnavailable } from './errors.js';
import { toRefreshProblem } from './library-errors.js';

export interface UserInfo {
  /**
   * What the provider says about the person.
   * @throws {LoginEnded | ProviderUnavailable}
   */
  ask(accessToken: string): Promise<Claims>;
  /** The same, with an e-mail address that it may have elsewhere. */
  askAll(accessToken: string): Promise<Claims>;
}

/**
 * @param address OpenID Connect's userinfo endpoint (Core §5.3), or an API like it. Signed answers
 *   are not asked for: they come from the provider itself, over TLS.
 */
export function createUserInfo(configuration: client.Configuration, address: string): UserInfo {
  async function get(accessToken: string, url: string): Promise<{ status: number; body: unknown }> {
    try {
      const headers = new Headers({ accept: 'application/json' });
      const target = new URL(url);
      const response = await client.fetchProtectedResource(
        configuration,
        accessToken,
        target,
        'GET',
        null,
        headers,
      );
      return { status: response.status, body: await response.json().catch(() => undefined) };
    } catch (error) {
      if (!(error instanceof client.WWWAuthenticateChallengeError)) {
        throw toRefreshProblem(error, [accessToken]);
      }
      return { status: error.status, body: undefined };
    }
  }

  async function ask(accessToken: string): Promise<Claims> {
    const { status, body } = await get(accessToken, address);
    // RFC 6750 §3.1: the token was revoked or has expired.
    if (status === 401) throw new LoginEnded({ endpoint: address, status });
    if (status !== 200 || !isClaims(body)) {
      const reason = isClaims(body) ? 'an unexpected status' : 'it is not a JSON object';
      throw new ProviderUnavailable({ endpoint: address, status, reason });
    }
    return body;
  }

  return {
    ask,
    async askAll(accessToken) {
      const claims = await ask(accessToken);
      if (provider.emailsPath === undefined) return claims;
      const { body } = await get(accessToken, `${address}${provider.emailsPath}`);
      const list = Array.isArray(body) ? body.filter(isClaims) : [];
      const email = list.find(({ primary, verified }) => primary === true && verified === true);
      // Without the scope for it there is no list; what a profile shows is not known to be verified.
      const { email: _, ...others } = claims;
      return email === undefined
        ? others
        : {
            ...others,
            email: email.email,
            [provider.emailVerifiedClaim ?? 'email_verified']: true,
          };
    },
  };
}

function isClaims(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
