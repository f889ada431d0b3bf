/** What a preset for an identity provider consists of. A preset is data; it contains no code. */

/** How a generated server learns whether a token is good. */
export type AuthMode = 'jwt' | 'introspection' | 'proxy';

/**
 * How access tokens say that they are meant for a server. Each has a layer in templates/.
 *
 * - `aud`: the claim `aud` names it
 * - `client`: there is no `aud`; `client_id` is a known client, and `token_use` is `access`
 * - `oauth-client`: tokens name no server; `client_id` tells them from session tokens
 * - `optional`: like `aud` where a token has it, like `oauth-client` where it has none
 * - `entra`: `aud` is a client id or an Application ID URI
 */
export type AudienceStrategy = 'aud' | 'client' | 'oauth-client' | 'optional' | 'entra';

/** Whether clients can register in a way: always, once it is enabled, or not at all. */
export type Availability = 'yes' | 'setting' | 'no';

/** A value that differs from customer to customer. */
export interface Variable {
  /** As `--set` takes it: `domain`. */
  readonly name: string;
  /** What it is, for the prompt. */
  readonly title: string;
  readonly example: string;
  /** The source of a regular expression that whole values match. */
  readonly pattern: string;
  /** Where a person finds it. */
  readonly where: string;
  /** Taken when nothing is given; absent: it must be given. */
  readonly default?: string;
}

/** Markdown, with `{name}` and `{resource}`; for some modes only, if it names them. */
type Step = string | { readonly modes: readonly AuthMode[]; readonly text: string };

export interface Provider {
  /** The value of `--provider`. */
  readonly id: string;
  /** Other values that mean the same. */
  readonly aliases: readonly string[];
  /** The product's name as its vendor writes it. */
  readonly title: string;
  /** One line for lists. */
  readonly summary: string;
  /** The mode used unless `--auth-mode` says otherwise. */
  readonly mode: AuthMode;
  /** The modes that work with this provider. */
  readonly modes: readonly AuthMode[];
  /** Why the others do not, or what the default is for. */
  readonly modeReason: string;
  readonly variables: readonly Variable[];
  /** The issuer, with `{name}` for variables; a slash at its end is part of it. */
  readonly issuer: string;
  /**
   * Tokens may name another issuer than the metadata does: the source of a regular expression whose
   * match in the issuer is replaced.
   */
  readonly tokenIssuer?: { readonly from: string; readonly to: string };
  readonly audience: {
    readonly strategy: AudienceStrategy;
    /** The value of OAUTH_AUDIENCE, with `{name}` for variables and `{resource}` for the endpoint. */
    readonly value: string;
    readonly explanation: string;
  };
  /** Claims that ID tokens have and access tokens never; the usual ones unless it says otherwise. */
  readonly idTokenClaims?: readonly string[];
  /** What access tokens are, and what has to be set for it. */
  readonly tokenFormat: string;
  readonly scopes: {
    /** What every registered client is granted. */
    readonly default: readonly string[];
    /** The claims that hold what was granted. */
    readonly claims: readonly string[];
    readonly explanation: string;
  };
  readonly registration: {
    /** Client ID Metadata Documents. */
    readonly cimd: Availability;
    /** Dynamic Client Registration (RFC 7591). */
    readonly dcr: Availability;
    /** How a client is registered by hand. */
    readonly manual: string;
  };
  /** Parameters that authorization requests need besides the usual ones. */
  readonly authorizationParameters: Readonly<Record<string, string>>;
  /** What to do at the provider, in order. */
  readonly steps: readonly Step[];
  /** The provider's own error messages. */
  readonly errors: readonly { readonly message: string; readonly cure: string }[];
  /** Where the facts come from. `checked` is a date (ISO 8601). */
  readonly pages: readonly {
    readonly title: string;
    readonly url: string;
    readonly checked: string;
  }[];
  /** Facts that could not be checked against the vendor's pages, a sentence each. */
  readonly unverified: readonly string[];
}
