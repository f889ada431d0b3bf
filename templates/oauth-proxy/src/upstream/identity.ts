// Who logged in. Which of the provider's answers says it is a matter of src/auth/provider.ts.
import { createRemoteJWKSet, customFetch, errors, jwtVerify } from 'jose';
import type * as client from 'openid-client';
import type { Claims } from '../auth/claims.js';
import { checkIssuer } from '../auth/issuer.js';
import { Refusal, SetupError } from '../auth/problems.js';
import { provider } from '../auth/provider.js';
import { log } from '../log.js';
import { clockTolerance } from './configuration.js';
import { LoginEnded, LoginFailed, ProviderUnavailable } from './errors.js';
import type { ProviderFetch } from './provider-fetch.js';
import type { UpstreamServer } from './server-metadata.js';
import { type User, userOf } from './user.js';
import type { UserInfo } from './userinfo.js';

export type TokenAnswer = Awaited<ReturnType<typeof client.authorizationCodeGrant>>;

/** Says whose tokens they are. @throws {LoginFailed | ProviderUnavailable} */
export type Identify = (answer: TokenAnswer) => Promise<User>;

/** Asymmetric only: with a shared secret whoever can verify could also sign (RFC 8725 §3.1, §3.2). */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/**
 * @param verify what `provider.verify` says
 * @param userInfo says who logged in, or adds to what an ID token says, as `verify` has it
 * @throws {SetupError} when the metadata lacks what that needs
 */
export function createIdentify(
  verify: typeof provider.verify,
  server: UpstreamServer,
  userInfo: UserInfo | undefined,
  fetch: ProviderFetch,
  now: () => number,
): Identify {
  const read = createReader(verify, server, userInfo, fetch, now);
  return async (answer) => userOf(await read(answer));
}

function createReader(
  verify: typeof provider.verify,
  server: UpstreamServer,
  userInfo: UserInfo | undefined,
  fetch: ProviderFetch,
  now: () => number,
): (answer: TokenAnswer) => Promise<Claims> {
  if (verify === 'userinfo') {
    if (userInfo === undefined) {
      throw new SetupError('metadata_invalid', [
        'It has no userinfo_endpoint, which says who logged in: set OAUTH_USERINFO_URL.',
      ]);
    }
    return (answer) => userInfo.askAll(answer.access_token).catch(asLoginFailed);
  }

  const { issuer, jwks_uri: jwksUri } = server;
  if (jwksUri === undefined) {
    throw new SetupError('metadata_invalid', ['It has no jwks_uri: nothing can be verified.']);
  }
  if (verify === 'id_token') {
    return async (answer) => {
      // Validated by openid-client: signature, `aud`, `azp`, `exp`, `nonce` and the metadata's issuer.
      const claims = withIssuer({ ...answer.claims() }, issuer);
      if (userInfo === undefined || claims.email !== undefined) return claims;
      return { ...claims, ...(await describedBy(userInfo, answer.access_token, claims)) };
    };
  }

  const keys = createRemoteJWKSet(new URL(jwksUri), { [customFetch]: fetch });
  return async ({ access_token: token }) => {
    // Not checked: `aud`, `typ` and the client, which every provider writes in its own way. The token
    // did not come with a request; the provider itself gave it for our code, verifier and secret.
    const options = { algorithms, clockTolerance, currentDate: new Date(now()) };
    const { payload } = await jwtVerify(token, keys, { ...options, requiredClaims: ['exp'] }).catch(
      asLoginFailed,
    );
    return withIssuer(payload, issuer);
  };
}

/**
 * What the userinfo endpoint adds to an ID token. Providers need not repeat in it what the scopes
 * `profile` and `email` are for (OpenID Connect Core §5.4). They may also refuse tokens there that are
 * for another API: the ID token says who logged in, and the login is good without the rest.
 */
async function describedBy(userInfo: UserInfo, token: string, { sub }: Claims): Promise<Claims> {
  try {
    const described = await userInfo.ask(token);
    // OpenID Connect Core §5.3.2: what is said about somebody else MUST NOT be used.
    // Whether an address is verified, only that can say which named it.
    const { emailVerifiedClaim: verified = 'email_verified' } = provider;
    if (described.sub === sub) return { [verified]: undefined, ...described };
    log.warn('The userinfo endpoint describes somebody else than the ID token');
  } catch (error) {
    if (!(error instanceof LoginEnded || error instanceof ProviderUnavailable)) throw error;
    log.info(error.details, 'The userinfo endpoint adds nothing to the ID token');
  }
  return {};
}

/** The rule for issuers that this project has: of several tenants, it may admit some. */
function withIssuer(claims: Claims, issuer: string): Claims {
  try {
    checkIssuer(claims, issuer);
    return claims;
  } catch (error) {
    return asLoginFailed(error);
  }
}

function asLoginFailed(error: unknown): never {
  if (error instanceof Refusal) {
    throw new LoginFailed('answer_refused', { reason: error.message, ...error.details });
  }
  // A new token that is refused by the API of those who made it.
  if (error instanceof LoginEnded) throw new LoginFailed('answer_refused', error.details);
  if (error instanceof errors.JOSEError) {
    throw new LoginFailed('answer_refused', { reason: error.code });
  }
  throw error;
}
