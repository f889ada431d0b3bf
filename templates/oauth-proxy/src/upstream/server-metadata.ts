// What this server needs to know about the provider, to be its client.
import { z } from 'zod';
import { provider } from '../auth/provider.js';

/** The members of the metadata that a client depends on (RFC 8414 §2, OpenID Connect Discovery §3). */
export const metadataShape = z.object({
  issuer: z.string(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
  jwks_uri: z.url().optional(),
  userinfo_endpoint: z.url().optional(),
  token_endpoint_auth_methods_supported: z.array(z.string()).optional(),
  id_token_signing_alg_values_supported: z.array(z.string()).optional(),
  authorization_response_iss_parameter_supported: z.boolean().optional(),
});

export type UpstreamServer = z.output<typeof metadataShape>;

/**
 * The metadata of a provider that publishes none, made of its issuer and what is known about it;
 * undefined where it has to be discovered.
 */
export function knownServer(issuer: string): UpstreamServer | undefined {
  if (provider.endpoints === undefined) return undefined;
  const base = issuer.replace(/\/$/, '');
  return {
    issuer,
    authorization_endpoint: `${base}${provider.endpoints.authorization}`,
    token_endpoint: `${base}${provider.endpoints.token}`,
  };
}
