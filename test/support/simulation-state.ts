/** What a simulated provider remembers, and what its parts have in common. */
import type { Facts, Grant, Simulation } from './simulation-data.js';
import type { Mint } from './simulation-tokens.js';

export interface Surroundings {
  /** As it is now: a test may change it. */
  data(): Simulation;
  factsNow(): Facts;
  mint: Mint;
  state: State;
}

export interface State {
  clients: Map<string, Client>;
  codes: Map<string, Pending>;
  refreshTokens: Map<string, Pending>;
  seen: Seen;
  /** Every token. */
  issued: string[];
}

export interface Client {
  redirectUris: readonly string[];
  /** What it may request; undefined: every scope. */
  scopes: readonly string[] | undefined;
  /** Absent: it is public. */
  secret?: string;
}

/** What was agreed to. */
export interface Pending {
  grant: Grant;
  /** The authorization request. */
  parameters: URLSearchParams;
}

/** The requests so far, in order. */
export interface Seen {
  authorizations: URLSearchParams[];
  /** Of the token endpoint. */
  exchanges: URLSearchParams[];
  /** The paths at which an access token was shown. */
  apis: string[];
}
