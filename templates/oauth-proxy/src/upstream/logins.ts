// The logins at the provider, with their tokens: kept sealed, fresh, and for as long as they are good.
import { randomBytes } from 'node:crypto';
import { log } from '../log.js';
import type { Records } from '../store/records.js';
import { ClientRefused, clientRefusedHint, LoginEnded, ProviderUnavailable } from './errors.js';
import { type Pause, withLock } from './lock.js';
import type { TokenSet } from './token-set.js';
import type { Upstream } from './upstream.js';
import type { User } from './user.js';

/** In seconds. */
const hour = 3600;
/** How long a login lives after it was last checked, which is part of every use by a client. */
const idle = 30 * 24 * hour;
/** How long a login lives of which nobody can tell whether it is still good. */
const unchecked = 12 * hour;
/** How long before their end tokens are refreshed. */
const margin = 60;
/** How long the provider's word that a login is good counts: clients that renew together ask once. */
const believed = 60;
/** How long a provider in trouble is left alone, in milliseconds. */
const coolDown = 5_000;

export interface Logins {
  /** Keeps a login. @returns what it is called from now on */
  create(login: { user: User; tokens: TokenSet }): Promise<string>;
  /**
   * Tokens that are good now.
   * @throws {LoginEnded} also when they have expired and nothing can refresh them; the login stays
   *   then, for those who need no tokens
   * @throws {ProviderUnavailable} when they have expired and there are no new ones at the moment
   */
  access(id: string): Promise<TokenSet>;
  /**
   * Makes sure that the login is still good, as far as the provider can be asked. Tokens are
   * refreshed for that long before their end, for only that shows who was locked out meanwhile.
   * @throws {LoginEnded}
   */
  check(id: string): Promise<void>;
  /** Forgets a login, and its tokens. */
  end(id: string): Promise<void>;
}

interface Login {
  user: User;
  tokens: TokenSet;
  /** In seconds since 1970: when the provider gave these tokens, and so said that all is well. */
  confirmedAt: number;
  /** In seconds since 1970: when it ends, however much it is used. */
  endsAt?: number;
}

/** @param now in milliseconds */
export function createLogins({
  records,
  upstream,
  now = Date.now,
  pause,
}: {
  records: Records;
  upstream: Upstream;
  now?: () => number;
  pause?: Pause;
}): Logins {
  /** Refreshes of this instance: those who come meanwhile get the same answer. */
  const running = new Map<string, Promise<TokenSet>>();
  const seconds = () => Math.floor(now() / 1000);
  const endsWithin = ({ expiresAt }: TokenSet, time: number) =>
    expiresAt !== undefined && expiresAt - time <= seconds();
  const isDue = ({ tokens, confirmedAt }: Login) =>
    // Without a sign: a clock that was ahead may have been set back.
    endsWithin(tokens, margin) || Math.abs(seconds() - confirmedAt) >= believed;
  const alone = <T>(id: string, action: () => Promise<T>) =>
    withLock(records, keyOf(id), action, pause);

  async function read(id: string): Promise<Login> {
    const login = await records.get<Login>(keyOf(id));
    if (login === undefined) throw new LoginEnded({ reason: 'it is not known, or no longer' });
    // Who is taken from OAUTH_ALLOWED_USERS is out with the next start.
    if (upstream.admits(login.user)) return login;
    await records.delete(keyOf(id));
    const facts = { reason: 'OAUTH_ALLOWED_USERS', subject: login.user.subject };
    log.info(facts, 'A login has ended, because the person is no longer admitted');
    throw new LoginEnded(facts);
  }

  async function write(id: string, login: Login): Promise<void> {
    const ttl = login.endsAt === undefined ? idle : login.endsAt - seconds();
    if (ttl > 0) await records.set(keyOf(id), login, ttl);
  }

  /** One refresh, however many ask: here by sharing it, elsewhere by the lock. */
  function refresh(id: string): Promise<TokenSet> {
    const known = running.get(id);
    if (known !== undefined) return known;
    const refreshing = alone(id, () => refreshAlone(id));
    running.set(id, refreshing);
    const forget = () => running.delete(id);
    refreshing.then(forget, (error: unknown) => {
      if (error instanceof ProviderUnavailable) setTimeout(forget, coolDown).unref();
      else forget();
    });
    return refreshing;
  }

  async function refreshAlone(id: string): Promise<TokenSet> {
    const login = await read(id);
    // Somebody else did it while this one waited.
    if (!isDue(login)) return login.tokens;
    const tokens = await orForget(id, login, upstream.refresh(login.tokens, login.user));
    await write(id, { ...login, tokens, confirmedAt: seconds() });
    return tokens;
  }

  async function askAbout(id: string, login: Login): Promise<void> {
    await alone(id, () => orForget(id, login, upstream.check(login.tokens)));
  }

  /** The provider's no is the end of the login, for all who use it. */
  async function orForget<T>(id: string, { user }: Login, asking: Promise<T>): Promise<T> {
    try {
      return await asking;
    } catch (error) {
      if (error instanceof LoginEnded) {
        const facts = { subject: user.subject, ...error.details };
        log.info(facts, 'The provider says that a login has ended');
        await records.delete(keyOf(id));
      }
      // Here, where it is asked: those who share the answer do not repeat it.
      if (error instanceof ClientRefused) {
        const facts = { problem: 'client_refused', ...error.details, hint: clientRefusedHint };
        log.error(facts, error.message);
      }
      throw error;
    }
  }

  return {
    async create({ user, tokens }) {
      const id = randomBytes(32).toString('base64url');
      // A token that expires and cannot be refreshed tells no more than that it has expired.
      const tells =
        tokens.refreshToken !== undefined || (upstream.canCheck && tokens.expiresAt === undefined);
      const confirmedAt = seconds();
      const end = tells ? {} : { endsAt: confirmedAt + unchecked };
      await write(id, { user, tokens, confirmedAt, ...end });
      return id;
    },

    async access(id) {
      const { tokens } = await read(id);
      if (!endsWithin(tokens, margin)) return tokens;
      const expired = endsWithin(tokens, 0);
      if (tokens.refreshToken === undefined) {
        if (!expired) return tokens;
        throw new LoginEnded({ reason: 'its token has expired, and cannot be refreshed' });
      }
      try {
        return await refresh(id);
      } catch (error) {
        if (!(error instanceof ProviderUnavailable) || expired) throw error;
        log.warn(
          error.details,
          'A token could not be refreshed, and is used for as long as it lasts',
        );
        return tokens;
      }
    },

    async check(id) {
      const login = await read(id);
      const { tokens, endsAt } = login;
      try {
        // Where tokens are refreshed, that tells; of one that has expired there is nothing to learn.
        if (tokens.refreshToken === undefined) {
          if (!endsWithin(tokens, 0)) await askAbout(id, login);
        } else if (isDue(login)) await refresh(id);
        if (endsAt === undefined) await records.renew(keyOf(id), idle);
      } catch (error) {
        if (!(error instanceof ProviderUnavailable)) throw error;
        // An outage says nothing about the person.
        if (error instanceof ClientRefused) return;
        log.warn(error.details, 'The provider could not be asked whether a login is still good');
      }
    },

    end: (id) => alone(id, () => records.delete(keyOf(id))),
  };
}

function keyOf(id: string): string {
  return `login:${id}`;
}
