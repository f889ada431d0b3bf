/** What is particular about an identity provider: the data that test/support/simulation.ts plays. */
import type { AuthMode } from '../../src/providers/types.js';
import type { Values } from '../../src/providers/variables.js';
import type * as introspection from '../../templates/oauth-introspection/src/auth/messages.js';
import type * as jwt from '../../templates/oauth-jwt/src/auth/messages.js';
import type { loginProblems } from '../../templates/oauth-proxy/src/upstream/errors.js';

type Sentence<T> = T[keyof T];
type RequestSentence =
  | Sentence<typeof jwt.requestProblems>
  | Sentence<typeof introspection.requestProblems>;
type StartupSentence =
  | Sentence<typeof jwt.startupProblems>
  | Sentence<typeof introspection.startupProblems>;

/** What the data may depend on. */
export interface Facts {
  /** As the metadata names it, slash included. */
  issuer: string;
  /** The same without a slash at its end. */
  base: string;
  /** As tokens name it. */
  tokenIssuer: string;
  origin: string;
  /** The same machine under another name, for providers that spread over several. */
  elsewhere: string;
  /** The MCP endpoint, as it was registered with the provider. */
  endpoint: string;
  /** What OAUTH_AUDIENCE says. */
  audience: string;
  /** The preset's variables. */
  values: Values;
  /** All scopes that there are. */
  supported: readonly string[];
}

/** What a person has granted to a client. */
export interface Grant {
  client: string;
  scopes: readonly string[];
  /** The `resource` parameter. */
  resource: string | undefined;
  /** The `nonce` parameter. */
  nonce: string | undefined;
}

export type Claims = Record<string, unknown>;

/** How the provider refuses a request; `status` counts where it is no redirect. */
export interface Refusal {
  error: string;
  description: string;
  status?: number;
}

/** Where metadata can be: RFC 8414 inserts the well-known path, OpenID Connect appends it. */
export type Place = 'oauth-inserted' | 'oauth-appended' | 'openid-inserted' | 'openid-appended';

export interface Simulation {
  /** Every place that has the metadata. */
  places: readonly Place[];
  /** The metadata besides `issuer`. */
  document(facts: Facts): Record<string, unknown>;
  /** The metadata at OpenID Connect's places, where it is another. */
  openidDocument?(facts: Facts): Record<string, unknown>;
  /** What the metadata's places answer while the provider is not set up. */
  unready?: { status: number; body: object | string };
  /** The issuer that the metadata names, where it is not the one it belongs to. */
  names?(facts: Facts): string;
  /** Issuer path, where it is not the preset's. */
  path?: string;
  /** What the JWKS holds besides the signing key; `only` without that. */
  oddKeys?: readonly object[];
  noKeys?: true;
  token: {
    alg: 'RS256' | 'ES256' | 'ES384';
    /** The header `typ`. */
    typ?: string;
    /** Tokens that are no JWTs begin with this. */
    prefix?: string;
    /** What is issued: JWTs, unless it says otherwise; `unbound`: when no `resource` was requested. */
    form?: TokenForm;
    unbound?: TokenForm;
    /** Without times, which the simulation adds. */
    claims(facts: Facts & Grant): Claims;
  };
  /** The claims of ID tokens; absent where there are none. */
  idToken?(facts: Facts & Grant): Claims;
  /** What they are signed with, where it is no published key. */
  idTokenKey?: 'secret';
  /** The client that an administrator has registered. */
  client?(facts: Facts): string;
  /**
   * How a client with a secret authenticates, where the metadata does not say it or says more than
   * is so: `client_secret_basic`, `client_secret_post`.
   */
  clientAuthentication?: readonly string[];
  /** The answer to wrong credentials, where it is not the usual one. */
  clientRefusal?: Refusal & { challenge?: true };
  /** The token endpoint answers nothing else. */
  exchangeRefusal?: Refusal;
  /** No code is good any more when it comes back. */
  codesExpire?: true;
  /** The page for an address that was not registered, where nobody is sent to it. */
  redirectRefusal?: Refusal;
  /** Dynamic registration: for everybody, or the refusal. */
  registration: 'open' | Refusal;
  scopes: {
    /** All that there are, with `{name}` for variables. */
    all: readonly string[];
    /** What a client may request that registered none; absent: all. */
    default?: readonly string[];
    /** Clients may only request what they registered. */
    pinned?: boolean;
    /** The answer to other scopes; absent: they are left out silently. */
    refusal?: Refusal;
  };
  /** Every login ends with this. */
  denies?: Refusal;
  /** Absent: the `resource` parameter is not looked at. */
  resource?: {
    /** The only value that is known; absent: the endpoint. */
    known?(facts: Facts): string;
    unknown?: Refusal;
    absent?: Refusal;
    /** Who refuses: the authorization endpoint, unless it says otherwise. */
    at?: 'token';
  };
  /** What the token response has instead of the usual. */
  response?(given: TokenResponse, authorization: URLSearchParams): Record<string, unknown>;
  /** The answer to a wrong code, where it is not the usual one. */
  codeRefusal?: Refusal;
  refresh?: {
    /** Each use brings another refresh token, and ends the old one. */
    rotates?: true;
    /** The answer when the request names no scopes; absent: it need not. */
    scopeless?: Refusal;
    /** The answer when the login has ended, where it is not the usual one. */
    ended?: Refusal;
  };
  /** The token response is a form, unless JSON is asked for or whatever is; errors have status 200. */
  formEncoded?: 'unless JSON is asked for' | 'always';
  /** How the token endpoint refuses scopes of two APIs. */
  severalApis?: Refusal;
  /** What the userinfo endpoint says; absent: what ID tokens say about the person. */
  userInfo?(facts: Facts & Grant): Claims;
  /** Other addresses that take access tokens, and what they answer, by path. */
  apis?(facts: Facts & Grant): Record<string, ApiAnswer>;
  /** What these answer without a good token, where it is not the usual. */
  apiRefusal?: object;
  /** They refuse whoever does not say what program it is. */
  needsUserAgent?: true;
  /** What a proxy has to be told besides, in its settings. */
  settings?(facts: Facts): Record<string, string>;
  /** The failures that are reported most. */
  failures: readonly Failure[];
}

interface ApiAnswer {
  headers?: Record<string, string>;
  body: object;
}

type TokenForm = 'jwt' | 'opaque' | 'encrypted';

export interface TokenResponse {
  access_token: string;
  token_type: string;
  expires_in: number;
  scope: string;
  id_token?: string;
  refresh_token: string;
}

/** A token, as it differs from what the provider issues for this server. */
export interface TokenShape {
  kind?: 'access' | 'id';
  form?: TokenForm;
  grant?: Partial<Grant>;
  header?: Record<string, unknown>;
  /** What is undefined is left out. */
  claims?: Claims;
  /** Signed with a key that was published: at start, after it, never; or with a shared secret. */
  key?: 'published' | 'later' | 'never' | 'secret';
  /** What introspection answers: this status. */
  introspected?: number;
}

/** Something that goes wrong at the provider, in its set-up, or in ours. */
export type Failure = {
  name: string;
  /** Where it happens; absent: in every mode. */
  modes?: readonly AuthMode[];
  /** How the provider differs. */
  provider?: Partial<Simulation>;
  /** How our settings differ. */
  settings?(facts: Facts): Record<string, string>;
} & (TokenFailure | StartFailure | LoginFailure | ExchangeFailure | ProxyFailure);

/** A token that the server has to refuse, or to accept although it looks odd. */
interface TokenFailure {
  token: TokenShape | ((facts: Facts) => TokenShape);
  answer: 200 | { status: number; message: RequestSentence; log?: string | ((f: Facts) => string) };
}

/** The server must not start, and says why. */
interface StartFailure {
  start: StartupSentence;
  /** Parts of what it prints besides. */
  says: readonly string[];
}

/** The provider refuses what an MCP client does; nothing reaches the server. */
interface LoginFailure {
  login: LoginShape;
  refused: string;
}

/** What a client does differently from doing as it is told. */
interface LoginShape {
  /** It is the client that was registered by hand, and registers nothing. */
  byHand?: true;
  /** The scopes it registers; undefined: none. */
  registered?: string | undefined;
  /** What it requests instead of what the server advertises. */
  requested?: string;
}

/** What the token endpoint answers, which a proxy has to cope with. */
interface ExchangeFailure {
  exchange: {
    /** Parameters of the authorization request. */
    parameters?: Record<string, string>;
    accept?: string;
    code?: string;
  };
  gets: {
    status: number;
    type: string;
    body: Record<string, unknown>;
    lacks?: readonly string[];
  };
}

/** What becomes of a person who logs in through a proxy. */
interface ProxyFailure {
  /** What they read in the end; or the client is let in, and tools learn what the provider granted. */
  person: Sentence<typeof loginProblems> | { granted: readonly string[] };
  /** What stands in the log. */
  log?: string | ((facts: Facts) => string);
}
