// Everything that can be wrong with the login, each with one sentence. The sentences are what the
// server prints and returns, and they are headings of OAUTH.md, which says what to do about each.

/** Why the server does not start. */
export const startupProblems = {
  metadata_unreachable: "The authorization server's metadata cannot be fetched",
  metadata_missing: 'The issuer publishes no authorization server metadata',
  metadata_invalid: "The authorization server's metadata is not usable",
  issuer_mismatch: 'The metadata belongs to another issuer',
  credentials_refused: 'The provider refuses the credentials of this server',
  introspection_unreachable: 'The introspection endpoint does not answer',
} as const;

/** Why a request is not served. */
export const requestProblems = {
  token_missing: 'The request carries no access token',
  header_malformed: 'The Authorization header is malformed',
  token_inactive: 'The access token is not active',
  token_kind: 'The token is not an access token',
  issuer_refused: 'The access token comes from another issuer',
  audience_refused: 'The access token was issued for another audience',
  token_expired: 'The access token has expired',
  scope_missing: 'The access token lacks a required scope',
  check_failed: 'The access token could not be checked',
  provider_unavailable: 'The authorization server cannot be reached',
} as const;
