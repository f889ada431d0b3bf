/** What a preset for an identity provider consists of. A preset is data; it contains no code. */

/** How a generated server checks the tokens it receives. */
export type AuthMode = 'jwt';

export interface Provider {
  /** The value of `--provider`. */
  readonly id: string;
  /** The product's name as its vendor writes it. */
  readonly title: string;
  /** One line for lists. */
  readonly summary: string;
  /** The mode used unless `--auth-mode` says otherwise. */
  readonly mode: AuthMode;
  /** What an issuer of this provider looks like. */
  readonly issuerExample: string;
  /** The scopes every request needs unless `--scopes` says otherwise. */
  readonly scopes: readonly string[];
  /** What has to be true at the provider before clients can log in, one step each. */
  readonly setup: readonly string[];
}
