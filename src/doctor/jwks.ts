/** The keys of an authorization server: with them the signatures of tokens are checked. */
import { importJWK, type JWK } from 'jose';
import { isLoopbackHost } from './addresses.js';
import type { AuthorizationServer } from './discovery.js';
import { networkFinding } from './failure.js';
import { type Catalogue, type Checked, type Finding, findingsOf } from './finding.js';
import { describeBody, objectOf } from './http.js';
import { enumerate, spell } from './text.js';
import type { Tools } from './tools.js';

const members = 'https://www.rfc-editor.org/rfc/rfc8414#section-2';
const keySet = 'https://www.rfc-editor.org/rfc/rfc7517#section-5';

export const jwksFindings = {
  'jwks-good': { level: 'ok', title: 'The signing keys can be fetched and used' },
  'jwks-absent': {
    level: 'note',
    title: 'The authorization server publishes no keys',
    why: 'Its tokens cannot be checked locally, so the server has to ask the provider about each of them (introspection).',
    cure: 'Nothing, if the server uses introspection. Else use a provider, or an issuer of it, that signs its tokens.',
    page: members,
    topic: 'token-format',
  },
  'jwks-invalid': {
    level: 'problem',
    title: 'The address of the keys is not an https URL that others can reach',
    why: 'Who is in between could replace the keys and make tokens of their own.',
    cure: 'Correct jwks_uri at the provider.',
    page: members,
  },
  'jwks-missing': {
    level: 'problem',
    title: 'There are no keys at the address of the keys',
    why: 'No signature can be checked, so every token is refused, and servers that look at start do not start.',
    cure: 'Correct jwks_uri at the provider, or what is in front of it.',
    page: keySet,
  },
  'jwks-empty': {
    level: 'problem',
    title: 'The key set is empty',
    why: 'No signature can be checked, so every token is refused. Providers that sign with a shared secret publish an empty set.',
    cure: 'Choose an asymmetric signing key (RS256, ES256) at the provider.',
    page: keySet,
    topic: 'token-format',
  },
  'jwks-unusable': {
    level: 'problem',
    title: 'No key of the set can check a signature',
    why: 'There are keys, but for encryption, of an unknown kind, malformed, or too short (RSA needs 2048 bits).',
    cure: 'Create a signing key at the provider: RSA with 2048 bits or more, P-256, or Ed25519.',
    page: 'https://www.rfc-editor.org/rfc/rfc7518#section-3.1',
    topic: 'token-format',
  },
  'jwks-secret': {
    level: 'problem',
    title: 'The key set contains secret keys',
    why: 'Whoever reads it can sign tokens for anybody. It is public.',
    cure: 'Replace these keys at once, and publish only the public parts.',
    page: 'https://www.rfc-editor.org/rfc/rfc7517#section-9.2',
  },
  'jwks-ambiguous': {
    level: 'warning',
    title: 'Several keys have the same key id, or none',
    why: 'Servers choose the key by the id in the token. Some take the first and refuse tokens that another one signed.',
    cure: 'Give each key an id ("kid") of its own at the provider.',
    page: 'https://www.rfc-editor.org/rfc/rfc7517#section-4.5',
  },
} as const satisfies Catalogue;

const find = findingsOf(jwksFindings);

/** More keys than any provider has. */
const mostKeys = 100;

/** @returns the keys that can check signatures; undefined where they could not be had */
export async function checkJwks(
  { metadata, url: at, issuer }: AuthorizationServer,
  { http }: Tools,
): Promise<Checked<readonly JWK[] | undefined>> {
  const stop = (finding: Finding) => ({ findings: [finding], value: undefined });
  const { jwks_uri: url } = metadata;
  if (url === undefined) return stop(find('jwks-absent', { at }));
  if (typeof url !== 'string' || !isGoodAddress(url, issuer)) {
    return stop(find('jwks-invalid', { found: spell(url), at }));
  }
  const answer = await http.read(url, at);
  if (answer.failed !== undefined) return stop(networkFinding(answer, 'the signing keys'));
  const seen = { address: url, status: String(answer.status) };
  const keys = answer.status === 200 ? objectOf(answer)?.keys : undefined;
  if (!Array.isArray(keys)) {
    return stop(find('jwks-missing', { ...seen, answer: describeBody(answer) }));
  }
  if (keys.length === 0) return stop(find('jwks-empty', seen));

  const checked = await Promise.all(keys.slice(0, mostKeys).map(checkKey));
  const usable = checked.flatMap(({ key }) => (key === undefined ? [] : [key]));
  const findings: Finding[] = [];
  const secret = checked.filter((each) => each.secret);
  if (secret.length > 0) {
    findings.push(find('jwks-secret', { address: url, keys: enumerate(secret.map(spellKey)) }));
  }
  if (usable.length === 0) {
    const reasons = enumerate(checked.map((each) => `${spellKey(each)}: ${each.reason}`));
    findings.push(find('jwks-unusable', { address: url, keys: reasons }));
  }
  if (areAmbiguous(usable)) {
    findings.push(find('jwks-ambiguous', { ids: enumerate(usable.map(({ kid }) => spell(kid))) }));
  }
  if (findings.length === 0) {
    const kinds = usable.map((key) => key.alg ?? [key.kty, key.crv].filter(Boolean).join(' '));
    findings.push(find('jwks-good', { address: url, keys: enumerate(kinds) }));
  }
  return { findings, value: usable };
}

function isGoodAddress(address: string, issuer: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  const local = isLoopbackHost(hostname) && isLoopbackHost(new URL(issuer).hostname);
  return protocol === 'https:' ? true : protocol === 'http:' && local;
}

interface CheckedKey {
  readonly id: string;
  readonly key?: JWK;
  readonly secret: boolean;
  readonly reason?: string;
}

async function checkKey(given: unknown): Promise<CheckedKey> {
  if (typeof given !== 'object' || given === null) {
    return { id: 'an entry', secret: false, reason: 'not an object' };
  }
  const jwk = given as JWK;
  const id = `${spell(jwk.kid)} (${spell(jwk.kty)})`;
  // RFC 7518 §6: the private parts of each kind.
  const secret = jwk.kty === 'oct' ? 'k' in jwk : 'd' in jwk;
  if (secret) return { id, secret, reason: 'a secret' };
  if (jwk.use !== undefined && jwk.use !== 'sig') return { id, secret, reason: 'not for signing' };
  try {
    const key = await importJWK(jwk, jwk.alg ?? defaultAlgorithm(jwk));
    if (key instanceof Uint8Array || key.type !== 'public')
      return { id, secret, reason: 'not public' };
    const { modulusLength = 2048 } = key.algorithm as { modulusLength?: number };
    if (modulusLength < 2048) return { id, secret, reason: `only ${modulusLength} bits` };
    return { id, secret, key: jwk };
  } catch {
    return { id, secret, reason: 'malformed, or of a kind that is not known' };
  }
}

function spellKey({ id }: CheckedKey): string {
  return id;
}

function areAmbiguous(keys: readonly JWK[]): boolean {
  return keys.length > 1 && new Set(keys.map(({ kid }) => kid)).size < keys.length;
}

/** The algorithm of a key that does not say it. */
function defaultAlgorithm({ kty, crv }: JWK): string {
  if (kty === 'RSA') return 'RS256';
  if (kty === 'OKP') return 'EdDSA';
  return { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }[crv ?? ''] ?? 'none';
}
