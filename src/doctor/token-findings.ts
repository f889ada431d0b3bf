/** What can be wrong with a token. */
import { type Catalogue, findingsOf } from './finding.js';

const authorization =
  'https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization';
const handling = `${authorization}#token-handling`;
const claims = 'https://www.rfc-editor.org/rfc/rfc7519#section-4.1';
const jwtChecks = 'https://www.rfc-editor.org/rfc/rfc9068#section-4';

export const tokenFindings = {
  'token-accepted': { level: 'ok', title: 'The server accepts the token' },
  'token-opaque': {
    level: 'problem',
    title: 'The token is not a JWT',
    why: 'It is an opaque text that only the provider understands. A server that checks tokens by itself refuses it.',
    cure: 'Make the provider issue JWTs for this server: often it needs an API (resource) of this address, or a setting of the client, or the client has to send the "resource" parameter. Or let the server ask the provider about each token (introspection).',
    page: jwtChecks,
    topic: 'token-format',
  },
  'token-encrypted': {
    level: 'problem',
    title: 'The token is encrypted (JWE)',
    why: 'Only the provider can read it. Some providers issue such tokens when the client did not say for which API it wants one.',
    cure: 'Let the client request a token for this server (the "resource" or "audience" parameter), and create the API at the provider.',
    page: 'https://www.rfc-editor.org/rfc/rfc7516#section-3',
    topic: 'token-format',
  },
  'token-malformed': {
    level: 'problem',
    title: 'The token is a damaged JWT',
    why: 'It has the three parts of a JWT, but not their contents. Mostly a part was lost when it was copied.',
    cure: 'Copy the whole token, without line breaks.',
    page: 'https://www.rfc-editor.org/rfc/rfc7519#section-7.2',
  },
  'token-is-id-token': {
    level: 'problem',
    title: 'The token is an ID token',
    why: 'It tells the client who logged in, and is not meant for servers. Servers must refuse it.',
    cure: 'Send the access_token of the token response.',
    page: 'https://www.rfc-editor.org/rfc/rfc9068#section-5',
    topic: 'token-format',
  },
  'token-is-refresh-token': {
    level: 'problem',
    title: 'The token is a refresh token',
    why: 'It is for the token endpoint of the provider only.',
    cure: 'Send the access_token of the token response, and keep the refresh token secret.',
    page: 'https://www.rfc-editor.org/rfc/rfc6749#section-1.5',
  },
  'token-kind': {
    level: 'problem',
    title: 'The token is of another kind than an access token',
    why: 'Its header says what it is for, and servers must not take it for an access token.',
    cure: 'Send the access_token of the token response.',
    page: 'https://www.rfc-editor.org/rfc/rfc8725#section-3.11',
    topic: 'token-format',
  },
  'token-algorithm': {
    level: 'problem',
    title: 'The token is signed in a way that nobody but the provider can check',
    why: 'With a shared secret (HS256) whoever can check tokens can also make them; "none" is no signature at all. Servers refuse both.',
    cure: 'Choose an asymmetric algorithm (RS256, ES256) for this API at the provider.',
    page: 'https://www.rfc-editor.org/rfc/rfc8725#section-3.2',
    topic: 'token-format',
  },
  'token-issuer-slash': {
    level: 'problem',
    title: 'The issuer of the token differs by a slash at the end',
    why: 'Issuers are compared letter for letter.',
    cure: 'Give the server the issuer as the metadata of the provider has it (in a server made by create-mcp-server: OAUTH_ISSUER_URL). If metadata and tokens differ, correct the provider.',
    page: claims,
    topic: 'issuer',
  },
  'token-issuer': {
    level: 'problem',
    title: 'The token comes from another issuer',
    why: 'The server trusts tokens of the authorization server in its metadata only. Providers may have several issuers: one for each tenant, version, environment or host name.',
    cure: 'Get a token from the issuer in the metadata, or let the metadata and the server name the issuer of the token.',
    page: claims,
    topic: 'issuer',
  },
  'token-key-unknown': {
    level: 'problem',
    title: 'The token is signed with a key that is not published',
    why: 'Its key id is not in the key set of the issuer: the token is from another environment, or older than the last change of keys.',
    cure: 'Log in again. If new tokens fail too, look whether jwks_uri of the metadata belongs to the issuer of the token.',
    page: 'https://www.rfc-editor.org/rfc/rfc7515#section-4.1.4',
  },
  'token-signature': {
    level: 'problem',
    title: 'The signature of the token is not valid',
    why: 'The token was changed or cut on the way, or another key with the same id signed it.',
    cure: 'Copy the whole token, or get a new one. If new ones fail too, the key set of the provider is not the one it signs with.',
    page: 'https://www.rfc-editor.org/rfc/rfc7515#section-5.2',
  },
  'token-audience-absent': {
    level: 'problem',
    title: 'The token does not say for whom it is',
    why: 'A server must accept only tokens that were issued for it, and this one has no "aud".',
    cure: 'Let the client request a token for this server (the "resource" parameter), and set up an audience at the provider: an API, a resource indicator, or an audience mapper.',
    page: handling,
    topic: 'audience',
  },
  'token-audience-slash': {
    level: 'problem',
    title: 'The audience of the token differs by a slash at the end',
    why: 'Many servers compare it letter for letter.',
    cure: 'Use one form everywhere, best without the slash: as the name of the API at the provider, in the metadata, and in the server (in one made by create-mcp-server: OAUTH_AUDIENCE).',
    page: handling,
    topic: 'audience',
  },
  'token-audience': {
    level: 'problem',
    title: 'The token was issued for another audience',
    why: 'A server must accept only tokens that were issued for it.',
    cure: 'If "found" is how your provider names this server, tell the server so (in one made by create-mcp-server: OAUTH_AUDIENCE). If it is another API, let the client request this one (the "resource" parameter), and create it at the provider.',
    page: handling,
    topic: 'audience',
  },
  'token-expired': {
    level: 'problem',
    title: 'The token has expired',
    why: 'Servers allow for about 30 seconds between the clocks, not more.',
    cure: 'Get a new token. If new ones are expired at once, one of the clocks is wrong.',
    page: claims,
  },
  'token-expiry-absent': {
    level: 'problem',
    title: 'The token has no expiry',
    why: 'It would open the server for ever; careful servers refuse it.',
    cure: 'Set a lifetime for access tokens at the provider.',
    page: 'https://www.rfc-editor.org/rfc/rfc9068#section-2.2',
  },
  'token-early': {
    level: 'problem',
    title: 'The token is not valid yet',
    why: 'Its "nbf" is in the future, by more than clocks may differ.',
    cure: 'Correct the clock of this machine, of the server, or of the provider.',
    page: claims,
  },
  'token-scope': {
    level: 'problem',
    title: 'The token lacks scopes that the server wants',
    why: 'The person or the provider did not grant them, or the client did not request them.',
    cure: 'Look at the provider whether the scopes exist, and whether this client and this person may have them; then log in again. Scopes that the provider cannot grant do not belong into scopes_supported.',
    page: `${authorization}#scope-challenge-handling`,
    topic: 'scopes',
  },
  'token-refused': {
    level: 'problem',
    title: 'The server refuses the token, and nothing else is wrong with it',
    why: 'All that can be checked from outside is good, so the reason is in the server: its settings for issuer and audience, its clock, old keys, or a token that was revoked.',
    cure: 'Compare the settings of the server with what the token says (below), and look into its log at this time.',
    page: 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1',
  },
  'token-fails': {
    level: 'problem',
    title: 'The server fails on the token instead of refusing it',
    why: 'Whatever is wrong with a token, the answer is 401 or 403 with a challenge; trouble at the provider is a 503. Clients take anything else for an outage and do not log in again.',
    cure: 'Catch what the check of the token throws, and answer 401. The log of the server has the error.',
    page: 'https://www.rfc-editor.org/rfc/rfc6750#section-3.1',
  },
  'token-hole': {
    level: 'problem',
    title: 'The server accepts a token that it must refuse',
    why: 'Whoever has such a token, or makes one, is let in.',
    cure: 'Let the server check signature, issuer and expiry of every token.',
    page: handling,
  },
  'token-foreign': {
    level: 'warning',
    title: 'The server accepts a token that does not look meant for it',
    why: 'If the check of the audience is off, tokens that people gave to other servers open this one. The server may know other names than its metadata shows.',
    cure: 'Look whether the server checks the audience (in one made by create-mcp-server: OAUTH_AUDIENCE is set).',
    page: `${authorization}#access-token-privilege-restriction`,
    topic: 'audience',
  },
} as const satisfies Catalogue;

export type TokenFindingId = keyof typeof tokenFindings;

export const findToken = findingsOf(tokenFindings);
