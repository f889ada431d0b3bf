// What a browser is known by: one cookie that binds a login to it, and one for who is logged in.
import { createHash, randomBytes } from 'node:crypto';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Records } from '../store/records.js';
import type { User } from '../upstream/user.js';
import { lifetimes } from './lifetimes.js';

/** Somebody is logged in here, in this browser. */
export interface BrowserSession {
  user: User;
  /** The login at the provider. */
  login: string;
}

export type BrowserContext = Pick<KoaContextWithOIDC, 'cookies'>;

/**
 * The cookies are HttpOnly, and not sent with what other sites post (SameSite=Lax). On https they
 * are `__Host-` ones, which no other host of the domain can set (RFC 6265bis §4.1.3.2).
 */
export function createBrowsers(issuer: string, records: Records) {
  const secure = issuer.startsWith('https:');
  const prefix = secure ? '__Host-' : '';
  const options = { httpOnly: true, sameSite: 'lax', path: '/', secure, signed: false } as const;
  const names = { browser: `${prefix}mcp-browser`, session: `${prefix}mcp-session` };
  const sessionKey = (cookie: string) => `browser session:${cookie}`;

  async function endSession({ cookies }: BrowserContext): Promise<void> {
    const cookie = cookies.get(names.session, { signed: false });
    if (cookie !== undefined) await records.delete(sessionKey(cookie));
  }

  return {
    /** What stands for this browser; it is no secret that opens anything, and outlives logins. */
    idOf({ cookies }: BrowserContext): string {
      const known = cookies.get(names.browser, { signed: false });
      const cookie = known ?? randomBytes(32).toString('base64url');
      if (known === undefined) cookies.set(names.browser, cookie, options);
      return createHash('sha256').update(cookie).digest('base64url');
    },

    async sessionOf({ cookies }: BrowserContext): Promise<BrowserSession | undefined> {
      const cookie = cookies.get(names.session, { signed: false });
      return cookie === undefined ? undefined : records.get<BrowserSession>(sessionKey(cookie));
    },

    /** Logs the browser in, under a new name: one that somebody else knows must not become good. */
    async signIn(ctx: BrowserContext, session: BrowserSession): Promise<void> {
      await endSession(ctx);
      const cookie = randomBytes(32).toString('base64url');
      await records.set(sessionKey(cookie), session, lifetimes.browserSession);
      ctx.cookies.set(names.session, cookie, options);
    },

    async signOut(ctx: BrowserContext): Promise<void> {
      await endSession(ctx);
      ctx.cookies.set(names.session, null, options);
    },
  };
}

export type Browsers = ReturnType<typeof createBrowsers>;
