// Everything that can be wrong with the login, each with one sentence. The sentences are what the
// server prints and returns, and they are headings of OAUTH.md, which says what to do about each.

/** Why the server does not start. */
export const startupProblems = {
  metadata_unreachable: "The authorization server's metadata cannot be fetched",
  metadata_missing: 'The issuer publishes no authorization server metadata',
  metadata_invalid: "The authorization server's metadata is not usable",
  issuer_mismatch: 'The metadata belongs to another issuer',
  jwks_unreachable: 'The signing keys (JWKS) cannot be fetched',
  jwks_unusable: 'The JWKS holds no key that can verify a token',
} as const;

/** Why a request is not served. */
export const requestProblems = {
  token_missing: 'The request carries no access token',
  header_malformed: 'The Authorization header is malformed',
  token_opaque: 'The access token is not a JWT',
  token_encrypted: 'The access token is encrypted (JWE)',
  token_malformed: 'The access token is not a well-formed JWT',
  token_kind: 'The token is not an access token',
  algorithm_refused: 'The access token is signed with an algorithm that is not accepted',
  key_unknown: 'The access token is signed with an unknown key',
  signature_invalid: 'The signature of the access token is not valid',
  issuer_refused: 'The access token comes from another issuer',
  audience_refused: 'The access token was issued for another audience',
  token_expired: 'The access token has expired',
  token_early: 'The access token is not valid yet',
  expiry_missing: 'The access token has no expiry',
  scope_missing: 'The access token lacks a required scope',
  check_failed: 'The access token could not be checked',
  provider_unavailable: 'The authorization server cannot be reached',
} as const;
