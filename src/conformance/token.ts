/** Access tokens: a good one, and what can be different about it. */
import { randomBytes, randomUUID } from 'node:crypto';
import { type Signer, signers, writeJws } from './jws.js';
import type { Provider } from './provider.js';

export type TokenFormat = 'jwt' | 'opaque';

export type Claims = Readonly<Record<string, unknown>>;

/** What a token is made from. */
export interface Recipe {
  readonly issuer: string;
  readonly audience: string;
  readonly scopes: readonly string[];
  readonly provider: Provider;
  /** Seconds since 1970. */
  readonly now: number;
}

/** What is different about one token. Header and signature are those of a JWT. */
export interface Variant {
  /** In words, continuing "a token …". */
  readonly what: string;
  readonly claims?: (good: Claims, recipe: Recipe) => unknown;
  readonly header?: (good: Claims, recipe: Recipe) => unknown;
  readonly signer?: (recipe: Recipe) => Signer;
  /** Changes what was written. */
  readonly text?: (written: string) => string;
}

const hour = 3600;

/** RFC 9068, section 2.2. */
function goodClaims({ issuer, audience, scopes, now }: Recipe): Claims {
  return {
    iss: issuer,
    aud: audience,
    sub: 'somebody',
    client_id: 'conformance-client',
    scope: scopes.join(' '),
    iat: now - 1,
    nbf: now - 1,
    exp: now + hour,
    // No two are equal, so that nothing that was remembered decides.
    jti: randomUUID(),
  };
}

/** Removes a claim. */
export function without(claims: Claims, ...names: readonly string[]): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([name]) => !names.includes(name)));
}

export function writeToken(recipe: Recipe, format: TokenFormat, variant?: Variant): string {
  const claims = goodClaims(recipe);
  const changed = variant?.claims?.(claims, recipe) ?? claims;
  const finish = variant?.text ?? ((written: string) => written);
  if (format === 'opaque') return finish(issueOpaque(recipe, changed as Claims));
  const { main } = recipe.provider.keys;
  const header = { alg: 'RS256', kid: main.kid, typ: 'at+jwt' };
  const signer = variant?.signer?.(recipe) ?? signers.rs256(main.privateKey);
  return finish(writeJws(variant?.header?.(header, recipe) ?? header, changed, signer));
}

/** RFC 7662, section 2.2: a token is active if it is known and this is its time. */
function issueOpaque({ provider, now }: Recipe, claims: Claims): string {
  const token = randomBytes(32).toString('base64url');
  const { exp, nbf } = claims;
  const active = !(Number(exp) <= now) && !(Number(nbf) > now);
  provider.remember(token, active ? { active, token_type: 'Bearer', ...claims } : { active });
  return token;
}
