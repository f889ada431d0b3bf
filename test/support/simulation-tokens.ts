/** The tokens of a simulated provider: signed, encrypted or opaque, and what introspection says. */
import {
  CompactEncrypt,
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  SignJWT,
} from 'jose';
import type { Claims, Facts, Grant, Simulation, TokenShape } from './simulation-data.js';

interface Key {
  kid: string;
  privateKey: CryptoKey;
  published: JWK;
}

/** Making RSA keys takes long, and one for all simulations is as good. */
const keys = new Map<string, Promise<Key>>();

function keyFor(alg: string, name: string): Promise<Key> {
  const kid = `${alg}-${name}`;
  const key = keys.get(kid) ?? createKey(alg, kid);
  keys.set(kid, key);
  return key;
}

async function createKey(alg: string, kid: string): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, privateKey, published: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

export interface Mint {
  /** How long access tokens live from now on, in seconds. */
  lifetime: number;
  /** A token of the provider's shape, or of another. */
  issue(facts: Facts, grant: Grant, shape?: TokenShape): Promise<string>;
  /** What stands in the JWKS. */
  published(): Promise<object[]>;
  /** The answer to a question about a token (RFC 7662), or a status. */
  introspect(token: string): Claims | number;
  /** Who has granted what, by an access token that is still good. */
  grantOf(token: string): Grant | undefined;
  /** No token is good any more. */
  revoke(): void;
}

/**
 * @param data as it is now
 * @param issued gets every token
 */
export function createMint(data: () => Simulation, issued: string[]): Mint {
  const known = new Map<string, Claims | number>();
  const grants = new Map<string, Grant>();
  const names = ['first'];

  async function sign(claims: Claims, shape: TokenShape): Promise<string> {
    const { token, idTokenKey } = data();
    const { kind = 'access', header } = shape;
    const key = shape.key ?? (kind === 'id' ? idTokenKey : undefined) ?? 'published';
    if (key === 'later') names.push('later');
    const { kid, privateKey } = await keyFor(
      token.alg,
      { published: 'first', later: 'later', never: 'never', secret: 'first' }[key],
    );
    const secret = new TextEncoder().encode('the secret that only the provider should know');
    return new SignJWT(claims)
      .setProtectedHeader({
        alg: key === 'secret' ? 'HS256' : token.alg,
        kid,
        ...(token.typ !== undefined && { typ: kind === 'id' ? 'JWT' : token.typ }),
        ...header,
      })
      .sign(key === 'secret' ? secret : privateKey);
  }

  const mint: Mint = {
    lifetime: 3600,

    async issue(facts, grant, shape = {}) {
      const { token, idToken } = data();
      const { kind = 'access', claims: changes } = shape;
      const granted = { ...grant, ...shape.grant };
      const now = Math.floor(Date.now() / 1000);
      const claims = withoutUndefined({
        iat: now,
        exp: now + mint.lifetime,
        // No two are the same.
        jti: crypto.randomUUID(),
        // OpenID Connect Core §3.1.3.6
        ...(kind === 'id' && { nonce: granted.nonce }),
        ...(kind === 'id' ? idToken : token.claims)?.({ ...facts, ...granted }),
        ...changes,
      });
      const usual = (granted.resource === undefined && token.unbound) || token.form || 'jwt';
      const form = shape.form ?? (kind === 'id' ? 'jwt' : usual);
      const text =
        form === 'jwt'
          ? await sign(claims, shape)
          : form === 'encrypted'
            ? await encrypt(facts.issuer)
            : `${token.prefix ?? ''}${crypto.randomUUID().replaceAll('-', '')}`;
      known.set(text, shape.introspected ?? { active: true, token_type: 'Bearer', ...claims });
      if (kind === 'access') grants.set(text, granted);
      issued.push(text);
      return text;
    },

    async published() {
      const { token, oddKeys = [], noKeys } = data();
      if (noKeys) return [...oddKeys];
      const own = await Promise.all(names.map((name) => keyFor(token.alg, name)));
      return [...oddKeys, ...own.map(({ published }) => published)];
    },

    introspect: (text) => known.get(text) ?? { active: false },
    grantOf: (text) => grants.get(text),
    revoke() {
      known.clear();
      grants.clear();
    },
  };
  return mint;
}

/** An encrypted token, which nobody but the provider can read. */
async function encrypt(iss: string): Promise<string> {
  return new CompactEncrypt(new TextEncoder().encode('{}'))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', iss })
    .encrypt(crypto.getRandomValues(new Uint8Array(32)));
}

function withoutUndefined(claims: Claims): Claims {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined));
}
