// What a client says about itself, registered (RFC 7591) or fetched (client ID metadata documents).
import type { Configuration, errors } from 'oidc-provider';
import { isWebsite, redirectProblem } from './redirect-uris.js';

/**
 * Members that nothing here needs. Some clients send them malformed or with impossible wishes, and
 * `sector_identifier_uri` makes oidc-provider fetch whatever is at an address that a stranger chose.
 */
const unused = [
  'client_uri',
  'contacts',
  'default_acr_values',
  'default_max_age',
  'id_token_signed_response_alg',
  'initiate_login_uri',
  'logo_uri',
  'policy_uri',
  'require_auth_time',
  'response_modes',
  'sector_identifier_uri',
  'tos_uri',
];

/** In characters: room for many redirect URIs, and for keys. */
const longest = 10_000;

/**
 * The rules for client metadata. They are applied whenever a client is loaded, so applying them
 * twice changes nothing.
 */
export function clientMetadata(
  refusals: typeof errors,
): NonNullable<Configuration['extraClientMetadata']> {
  return {
    // Naming one property is what makes oidc-provider call the validator, once, with all of them.
    properties: ['scope'],
    validator(_ctx, _key, _value, metadata) {
      for (const [name, value] of Object.entries(metadata)) {
        if (value === null || value === '' || unused.includes(name)) delete metadata[name];
      }
      // What strangers say is kept for months.
      if (JSON.stringify(metadata).length > longest) {
        throw new refusals.InvalidClientMetadata('the metadata is too long');
      }
      // oidc-provider issues a secret to clients that do not say how they authenticate, and would then
      // refuse those that use it: they are public.
      if (metadata.token_endpoint_auth_method === 'none') {
        delete metadata.client_secret;
        delete metadata.client_secret_expires_at;
      }
      // A client bound to the scopes of its registration could never step up to more.
      delete metadata.scope;
      // RFC 7591 §3.2.1: a server may replace what was asked for. Some ask for grants nobody has here.
      metadata.grant_types = ['authorization_code', 'refresh_token'];
      metadata.response_types = ['code'];
      const uris = metadata.redirect_uris;
      if (!Array.isArray(uris)) return; // oidc-provider refuses it.
      const problem = uris.map((uri) => redirectProblem(String(uri))).find(Boolean);
      // The first word makes it `invalid_redirect_uri` (RFC 7591 §3.2.2).
      if (problem) throw new refusals.InvalidClientMetadata(`redirect_uris ${problem}`);
      // Desktop clients often call themselves `web`. As `native` they get what they need (any
      // loopback port, private-use schemes: RFC 8252 §7), and plain http to other hosts is refused.
      metadata.application_type = isWebsite(uris) ? 'web' : 'native';
    },
  };
}
