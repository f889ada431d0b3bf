// What this server needs to know of the authorization server.
import { z } from 'zod';

/** What the authorization server's metadata must have (RFC 8414 §2). */
export const metadataShape = z.object({ issuer: z.string(), jwks_uri: z.url() });
