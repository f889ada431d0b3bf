// Everything that can be wrong with the login, each with one sentence. The sentences are what the
// server prints and returns, and they are headings of OAUTH.md, which says what to do about each.

/** Why the server does not start. */
export const startupProblems = {
  metadata_unreachable: "The provider's metadata cannot be fetched",
  metadata_missing: 'The issuer publishes no authorization server metadata',
  metadata_invalid: "The provider's metadata is not usable",
  issuer_mismatch: 'The metadata belongs to another issuer',
} as const;

/** Why a request is not served. */
export const requestProblems = {
  token_missing: 'The request carries no access token',
  header_malformed: 'The Authorization header is malformed',
  token_foreign: 'The access token was not issued by this server',
  signature_invalid: 'The signature of the access token is not valid',
  issuer_refused: 'The token comes from another issuer',
  audience_refused: 'The access token was issued for another audience',
  token_expired: 'The access token has expired',
  session_ended: 'The login has ended',
  scope_missing: 'The access token lacks a required scope',
  check_failed: 'The access token could not be checked',
  provider_unavailable: 'The provider cannot be reached',
} as const;
