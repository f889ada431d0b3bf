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
export type Passage = string | { readonly modes: readonly AuthMode[]; readonly text: string };

/** What the provider says, and what to do then; in some modes only, if it names them. */
interface ProviderError {
  readonly modes?: readonly AuthMode[];
  readonly message: string;
  /** Markdown, with `{name}` and `{resource}`. */
  readonly cure: string;
}

/** A text made of the issuer: `from` is the source of a regular expression, its match is replaced. */
interface Derivation {
  readonly from: string;
  readonly to: string;
}

/**
 * How a generated server is an ordinary client of the provider, in the mode `proxy`. What is absent
 * is as OpenID Connect has it.
 */
export interface Upstream {
  /** Which answer says who logged in; never a comparison of tokens, which may be the same. */
  readonly verify: 'id_token' | 'access_token' | 'userinfo';
  /** What is requested by default, by plain names. */
  readonly scopes: readonly string[];
  /** Goes before scopes of the owner's own; the server fills OAUTH_CLIENT_ID in for `{client}`. */
  readonly scopePrefix?: string;
  /** What comes back in another spelling than it was requested: that spelling, and the plain name. */
  readonly scopeAliases?: Readonly<Record<string, string>>;
  /** Whether a refresh has to name the scopes again. */
  readonly refreshWithScopes?: true;
  /** The claim that identifies a person, if not `sub`. */
  readonly subjectClaim?: string;
  /** The claims that tools see. */
  readonly identityClaims: readonly string[];
  /** The claim that says whether an address is the person's own, if not `email_verified`. */
  readonly emailVerifiedClaim?: string;
  /** The claim that names the organization of a person, for `@…` in OAUTH_ALLOWED_USERS. */
  readonly domainClaim?: string;
  /** Where to ask who logged in, if there is no metadata; the first that matches the issuer counts. */
  readonly userinfo?: readonly Derivation[];
  /** Where the addresses of a person are listed, below that. */
  readonly emailsPath?: string;
  /** Paths below the issuer, if there is no metadata. */
  readonly endpoints?: { readonly authorization: string; readonly token: string };
  /** Where the metadata does not say it, or says more than is so. */
  readonly clientAuthentication?: 'client_secret_basic' | 'client_secret_post';
  /** The `prompt` that lets a person choose another account, if not `login`. */
  readonly otherAccountPrompt?: string;
  /**
   * Issuers at which the whole world has accounts: the source of a regular expression. The owner of
   * a server has to say then who may log in.
   */
  readonly openTo?: string;
  /** What is particular about logging people in there: Markdown, with `{name}` and `{resource}`. */
  readonly explanation: string;
}

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
   * The vendor's host names, as the source of a regular expression: what an issuer is recognised by.
   * Absent: the form of the issuer is like no other.
   */
  readonly hosts?: string;
  /** Tokens may name another issuer than the metadata does. */
  readonly tokenIssuer?: Derivation;
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
  /**
   * Its metadata does not announce PKCE (`code_challenge_methods_supported`), as far as is known. MCP
   * clients must refuse to log in then, so the default is a proxy, which announces it for itself.
   */
  readonly silentAboutPkce?: true;
  /** Parameters that authorization requests need besides the usual ones. */
  readonly authorizationParameters: Readonly<Record<string, string>>;
  /** What the mode `proxy` needs to know; exactly where that is among the modes. */
  readonly upstream?: Upstream;
  /** What to do at the provider, in order. */
  readonly steps: readonly Passage[];
  /** The provider's own error messages. */
  readonly errors: readonly ProviderError[];
  /** Where the facts come from. `checked` is a date (ISO 8601). */
  readonly pages: readonly {
    readonly title: string;
    readonly url: string;
    readonly checked: string;
  }[];
  /** Facts that could not be checked against the vendor's pages, a sentence each. */
  readonly unverified: readonly Passage[];
}
