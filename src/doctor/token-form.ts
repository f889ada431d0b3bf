/** What kind of thing a text is that somebody calls a token. Nothing is sent anywhere. */

export type Claims = Readonly<Record<string, unknown>>;

export type TokenForm =
  | { readonly kind: 'jwt'; readonly header: Claims; readonly claims: Claims }
  | { readonly kind: 'encrypted' }
  | { readonly kind: 'opaque' }
  | { readonly kind: 'malformed'; readonly reason: string };

/**
 * Takes what people paste or pipe for what they mean: the token itself, the header with it, or the
 * whole token response.
 *
 * @returns the token, and how it was wrapped; undefined if there is none
 */
export function unwrapToken(text: string): { token: string; wrapped?: string } | undefined {
  const trimmed = text.trim().replace(/^(["'])(.*)\1$/s, '$2');
  if (trimmed.startsWith('{')) {
    const response = parseObject(trimmed);
    const token = response?.access_token;
    return typeof token === 'string' && token !== ''
      ? { token, wrapped: 'the access_token of a token response' }
      : undefined;
  }
  const bare = trimmed.replace(/^(?:authorization:\s*)?bearer\s+/i, '');
  if (bare === '') return undefined;
  return bare === trimmed ? { token: bare } : { token: bare, wrapped: 'the value of a header' };
}

export function readToken(token: string): TokenForm {
  const parts = token.split('.');
  if (parts.length === 5) {
    return decode(parts[0])?.enc === undefined ? { kind: 'opaque' } : { kind: 'encrypted' };
  }
  if (parts.length !== 3) return { kind: 'opaque' };
  const header = decode(parts[0]);
  // Some opaque tokens have two dots too.
  if (header === undefined) return { kind: 'opaque' };
  const claims = decode(parts[1]);
  if (claims === undefined) return { kind: 'malformed', reason: 'its second part is not JSON' };
  if (typeof header.alg !== 'string') return { kind: 'malformed', reason: 'its header has no alg' };
  return { kind: 'jwt', header, claims };
}

function decode(part: string | undefined): Claims | undefined {
  if (part === undefined || !/^[\w-]+$/.test(part)) return undefined;
  return parseObject(Buffer.from(part, 'base64url').toString());
}

function parseObject(text: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(text);
    const object = typeof value === 'object' && value !== null && !Array.isArray(value);
    return object ? (value as Claims) : undefined;
  } catch {
    return undefined;
  }
}

/** Which other token of a login it is; undefined for an access token. */
export function kindOf(
  { header, claims }: { readonly header: Claims; readonly claims: Claims },
  {
    idTokenClaims = ['nonce', 'at_hash', 'c_hash'],
    hidesScopes = false,
  }: { idTokenClaims?: readonly string[]; hidesScopes?: boolean } = {},
): { readonly kind: 'id' | 'refresh' | 'other'; readonly sign: string } | undefined {
  const typ = typeof header.typ === 'string' ? header.typ.toLowerCase() : undefined;
  const short = typ?.replace(/^application\//, '');
  if (short === 'at+jwt') return undefined;
  const { token_use: use, typ: own } = claims;
  for (const [name, value] of [
    ['token_use', use],
    ['typ', own],
  ] as const) {
    if (value === 'id' || value === 'ID') return { kind: 'id', sign: `${name} is ${value}` };
    if (typeof value === 'string' && /^(?:refresh|offline)$/i.test(value)) {
      return { kind: 'refresh', sign: `${name} is ${value}` };
    }
  }
  if (short !== undefined && /^(?:rt|refresh)\+?/.test(short)) {
    return { kind: 'refresh', sign: `the header has typ ${short}` };
  }
  if (short !== undefined && short !== 'jwt') {
    return { kind: 'other', sign: `the header has typ ${short}` };
  }
  if (use === 'access' || own === 'Bearer') return undefined;
  const claim = idTokenClaims.find((name) => name in claims);
  if (claim !== undefined) return { kind: 'id', sign: `it has the claim ${claim}` };
  if (hidesScopes) return undefined;
  const grants = ['scope', 'scp', 'scopes', 'permissions', 'roles'].some((name) => name in claims);
  const client = [claims.client_id, claims.cid, claims.appid, claims.azp].find(Boolean);
  const audiences = audiencesOf(claims);
  if (grants) return undefined;
  if (client === undefined) return { kind: 'id', sign: 'it grants nothing, and names no client' };
  if (audiences.length === 1 && audiences[0] === client) {
    return { kind: 'id', sign: 'its only audience is the client itself' };
  }
  return undefined;
}

export function audiencesOf({ aud }: Claims): string[] {
  return [aud].flat().filter((each) => typeof each === 'string');
}

/** The scopes in the claims that providers use for them; undefined if there is none of them. */
export function scopesOf(claims: Claims): string[] | undefined {
  const found = ['scope', 'scp', 'scopes', 'permissions'].filter((name) => name in claims);
  if (found.length === 0) return undefined;
  return found.flatMap((name) => {
    const value = claims[name];
    if (typeof value === 'string') return value.split(/[ ,]+/).filter(Boolean);
    return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
  });
}
