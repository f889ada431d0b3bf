// The verification that the documentation of several peers leaves to the user, as they show it: jose
// with the issuer and the audience.
import { createRemoteJWKSet, jwtVerify } from 'jose';

const { ISSUER, JWKS, RESOURCE } = process.env;
const keys = createRemoteJWKSet(new URL(JWKS));

/** @returns what the MCP SDKs call AuthInfo. @throws for a token that is not good */
export async function verify(token) {
  const { payload } = await jwtVerify(token, keys, { issuer: ISSUER, audience: RESOURCE });
  return {
    token,
    clientId: String(payload.client_id),
    scopes: String(payload.scope ?? '').split(' '),
    expiresAt: payload.exp,
  };
}
