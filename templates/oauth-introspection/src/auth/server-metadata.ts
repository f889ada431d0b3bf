// What this server needs to know of the authorization server.
import { z } from 'zod';

/** What the authorization server's metadata must have (RFC 8414 §2, RFC 7662). */
export const metadataShape = z.object({
  issuer: z.string(),
  introspection_endpoint: z.url(),
  // How this server authenticates there, as far as it is said; often only the other one is.
  introspection_endpoint_auth_methods_supported: z.array(z.string()).default([]),
  token_endpoint_auth_methods_supported: z.array(z.string()).default([]),
});
