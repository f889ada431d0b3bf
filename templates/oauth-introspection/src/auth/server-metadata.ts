// What this server needs to know of the authorization server.
import { z } from 'zod';

/** What the authorization server's metadata must have (RFC 8414 §2, RFC 7662). */
export const metadataShape = z.object({
  issuer: z.string(),
  introspection_endpoint: z.url(),
  // RFC 8414 §2 leaves open what holds where nothing is said; Basic is what most providers take.
  introspection_endpoint_auth_methods_supported: z
    .array(z.string())
    .default(['client_secret_basic']),
});
