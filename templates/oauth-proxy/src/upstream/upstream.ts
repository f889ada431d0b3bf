// What the rest of this server knows of the provider's client.
import type { Credentials } from './configuration.js';
import type { TokenSet } from './token-set.js';
import type { User } from './user.js';

export interface UpstreamConfig {
  /** This server, at the provider. */
  client: Credentials;
  /** What is requested of the provider. */
  upstreamScopes: readonly string[];
  /** Who may log in: OAUTH_ALLOWED_USERS. */
  allowedUsers: readonly string[];
  /** OAUTH_USERINFO_URL: an API that takes the provider's tokens, and says whose they are. */
  userinfoUrl?: string | undefined;
}

/** What has to be remembered, bound to the browser, until the person comes back. */
export interface Pending {
  state: string;
  nonce: string;
  /** The secret of PKCE (RFC 7636 §4.1). */
  verifier: string;
  /** What was requested, by plain names. */
  scopes: string[];
}

export interface Upstream {
  title: string;
  /** What is requested of the provider, by plain names. */
  scopes: readonly string[];
  /** Whether `check` can find out anything. */
  canCheck: boolean;
  /** Whether OAUTH_ALLOWED_USERS lets a person in. */
  admits(user: User): boolean;
  /** Where to send the person. */
  begin(
    scopes: readonly string[],
    options?: { otherAccount?: boolean },
  ): Promise<{ url: URL; pending: Pending }>;
  /**
   * The person is back: who it is, and the tokens.
   * @param callback what the person came back with: the provider's answer is its query
   * @throws {LoginFailed | ProviderUnavailable}
   */
  finish(callback: { search: string }, pending: Pending): Promise<{ user: User; tokens: TokenSet }>;
  /**
   * New tokens for old ones.
   * @param user whose tokens they are
   * @throws {LoginEnded} when the provider says no
   * @throws {ProviderUnavailable} when it is in trouble
   */
  refresh(tokens: TokenSet, user: User): Promise<TokenSet>;
  /**
   * Whether the login is still good, for tokens that cannot be refreshed.
   * @throws {LoginEnded | ProviderUnavailable}
   */
  check(tokens: TokenSet): Promise<void>;
}
