/** Goes through a token claim by claim, as a server would, against what was discovered. */
import { compactVerify, createLocalJWKSet, errors, type JWK } from 'jose';
import type { Finding } from './finding.js';
import { matchTemplate, type Recognised } from './preset.js';
import { enumerate, spell, spellDuration } from './text.js';
import { findToken as find } from './token-findings.js';
import { audiencesOf, type Claims, kindOf, scopesOf, type TokenForm } from './token-form.js';

/** What a token is compared with. */
export interface Expectations {
  /** What tokens have to be issued for. */
  readonly resource: string;
  /** The issuers that the metadata names, with their keys if they could be had. */
  readonly issuers: readonly { readonly issuer: string; readonly keys?: readonly JWK[] }[];
  /** What clients are told to request. */
  readonly scopes: readonly string[];
  readonly preset?: Recognised;
}

/** Asymmetric only (RFC 8725 §3.2). */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** How far clocks may be apart, in seconds. */
const skew = 30;

/**
 * Every reason to refuse the token, the most telling first. What follows from another reason is
 * left out: a token of another issuer has another key and audience, an ID token another audience.
 *
 * @param now milliseconds since 1970
 */
export async function examineToken(
  token: string,
  form: TokenForm,
  expected: Expectations,
  now: number,
): Promise<Finding[]> {
  if (form.kind === 'opaque') {
    return [find('token-opaque', { form: `${token.length} characters, no JWT` })];
  }
  if (form.kind === 'encrypted') return [find('token-encrypted', { form: 'five parts' })];
  if (form.kind === 'malformed') return [find('token-malformed', { form: form.reason })];
  const { header, claims } = form;
  const kind = checkKind(header, claims, expected.preset);
  if (kind !== undefined) return [kind];
  const algorithm = String(header.alg);
  if (!algorithms.includes(algorithm)) {
    const seen = { expected: 'RS256, ES256, EdDSA or the like', found: algorithm };
    return [find('token-algorithm', seen)];
  }
  const issuer = checkIssuer(claims, expected);
  const signature =
    issuer === undefined ? await checkSignature(token, header, claims, expected) : undefined;
  const times = checkTimes(claims, now);
  // Providers change keys: those of old tokens are gone.
  const old = times.some(({ id }) => id === 'token-expired');
  const forged = old && signature?.id === 'token-key-unknown' ? undefined : signature;
  // Another issuer has other audiences; one that is only spelled differently has the same.
  const foreign = issuer?.id === 'token-issuer';
  const audience = foreign ? undefined : checkAudience(claims, expected);
  return [issuer, forged, audience, ...times].filter((finding) => finding !== undefined);
}

function checkKind(header: Claims, claims: Claims, preset?: Recognised): Finding | undefined {
  const other = kindOf(
    { header, claims },
    {
      ...(preset?.provider.idTokenClaims && { idTokenClaims: preset.provider.idTokenClaims }),
      hidesScopes: preset?.provider.scopes.claims.length === 0,
    },
  );
  if (other === undefined) return undefined;
  const id = {
    id: 'token-is-id-token',
    refresh: 'token-is-refresh-token',
    other: 'token-kind',
  } as const;
  return find(id[other.kind], { sign: other.sign });
}

/** The issuers whose tokens are good: the metadata's, or what the preset makes of it. */
function acceptedIssuers({ issuers, preset }: Expectations, claims: Claims): string[] {
  const { from, to } = preset?.provider.tokenIssuer ?? {};
  return issuers.flatMap(({ issuer }) => {
    const filled = issuer.replace(/\{tenant_?id\}/i, String(claims.tid));
    return from === undefined || to === undefined
      ? [filled]
      : [filled.replace(new RegExp(from), to)];
  });
}

function checkIssuer(claims: Claims, expected: Expectations): Finding | undefined {
  const accepted = acceptedIssuers(expected, claims);
  const { iss } = claims;
  if (accepted.length === 0 || accepted.some((issuer) => issuer === iss)) return undefined;
  const seen = {
    claim: 'iss',
    expected: enumerate(accepted),
    found: typeof iss === 'string' ? iss : spell(iss),
  };
  const bare = (text: unknown) => String(text).replace(/\/$/, '');
  const slash = accepted.some((issuer) => bare(issuer) === bare(iss));
  return find(slash ? 'token-issuer-slash' : 'token-issuer', seen);
}

async function checkSignature(
  token: string,
  { kid, alg }: Claims,
  claims: Claims,
  expected: Expectations,
): Promise<Finding | undefined> {
  const accepted = acceptedIssuers(expected, claims);
  const { keys } = expected.issuers[accepted.indexOf(String(claims.iss))] ?? {};
  if (keys === undefined || keys.length === 0) return undefined;
  const seen = { kid: spell(kid), alg: spell(alg) };
  try {
    await compactVerify(token, createLocalJWKSet({ keys: [...keys] }), { algorithms });
    return undefined;
  } catch (error) {
    if (error instanceof errors.JWKSNoMatchingKey) {
      const published = enumerate(keys.map((key) => spell(key.kid)));
      return find('token-key-unknown', { ...seen, published });
    }
    if (error instanceof errors.JWKSMultipleMatchingKeys) {
      for await (const key of error) {
        const good = await compactVerify(token, key, { algorithms }).catch(() => undefined);
        if (good !== undefined) return undefined;
      }
    }
    return find('token-signature', seen);
  }
}

function checkAudience(claims: Claims, { resource, preset }: Expectations): Finding | undefined {
  const found = audiencesOf(claims);
  const { strategy, value = '{resource}' } = preset?.provider.audience ?? {};
  if (strategy === 'client' || strategy === 'oauth-client') {
    return typeof claims.client_id === 'string'
      ? undefined
      : find('token-audience-absent', { claim: 'client_id', found: 'nothing' });
  }
  if (found.length === 0) {
    if (strategy === 'optional' && typeof claims.client_id === 'string') return undefined;
    return find('token-audience-absent', { claim: 'aud', expected: resource, found: 'nothing' });
  }
  const fits = (audience: string) =>
    audience === resource ||
    (preset !== undefined &&
      value !== '{resource}' &&
      matchTemplate(value, preset.provider, audience, { ...preset.values, resource }) !==
        undefined);
  const byEntra = (audience: string) =>
    strategy === 'entra' &&
    /^(?:api:\/\/|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$)/i.test(audience);
  if (found.some((audience) => fits(audience) || byEntra(audience))) return undefined;
  const seen = { claim: 'aud', expected: resource, found: enumerate(found) };
  const bare = (text: string) => text.replace(/\/$/, '');
  const slash = found.some((audience) => bare(audience) === bare(resource));
  return find(slash ? 'token-audience-slash' : 'token-audience', seen);
}

function checkTimes({ exp, nbf }: Claims, now: number): Finding[] {
  const seconds = now / 1000;
  const clock = spellTime(seconds);
  const findings: Finding[] = [];
  if (typeof exp !== 'number') {
    findings.push(find('token-expiry-absent', { claim: 'exp', found: spell(exp) }));
  } else if (exp + skew <= seconds) {
    const seen = { claim: 'exp', found: `${spellTime(exp)}, ${spellDuration(seconds - exp)} ago` };
    findings.push(find('token-expired', { ...seen, clock }));
  }
  if (typeof nbf === 'number' && nbf - skew > seconds) {
    const seen = { claim: 'nbf', found: `${spellTime(nbf)}, in ${spellDuration(nbf - seconds)}` };
    findings.push(find('token-early', { ...seen, clock }));
  }
  return findings;
}

function spellTime(seconds: number): string {
  const date = new Date(seconds * 1000);
  return Number.isNaN(date.getTime()) ? String(seconds) : date.toISOString().replace('.000', '');
}

/** Of the scopes that clients are told to request, those that a token does not show. */
export function missingScopes(claims: Claims, { scopes, preset }: Expectations): string[] {
  if (preset?.provider.scopes.claims.length === 0) return [];
  const granted = new Set(scopesOf(claims) ?? []);
  // Facts about the person are not in tokens; some providers drop what is before the name.
  const identity = ['openid', 'profile', 'email', 'address', 'phone', 'offline_access'];
  const has = (scope: string) => granted.has(scope) || granted.has(scope.replace(/^.*\//, ''));
  return scopes.filter((scope) => !identity.includes(scope) && !has(scope));
}
