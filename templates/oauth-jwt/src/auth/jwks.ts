// The provider's signing keys: fetched at start, kept fresh in the background, usable in an outage.
import { createLocalJWKSet, importJWK, type JWK, type JWTVerifyGetKey } from 'jose';
import { log } from '../log.js';
import { type Fetching, FetchProblem, fetchJson, retrying } from './fetch-json.js';
import { Refusal, SetupError } from './problems.js';

/** In milliseconds. */
const minute = 60_000;
/** Keys younger than this are used as they are. */
const fresh = 10 * minute;
/** Older keys are used while the provider is down, up to this age; then nobody can be verified. */
const usable = 60 * minute;
/** The least time between two fetches, so that made-up key ids cannot flood the provider. */
const coolDown = minute / 6;

export interface Keys {
  /** Changes whenever the keys do, so that what was verified with old keys can be forgotten. */
  readonly generation: number;
  /**
   * The keys to verify with. It does not wait for the provider while the keys are usable.
   * @throws {Refusal} when they are too old and the provider gives no new ones
   */
  current(): Promise<JWTVerifyGetKey>;
  /**
   * Looks for keys that were added since: false when the provider was asked a moment ago.
   * @param seen the generation that lacks the key
   * @throws {Refusal} when the provider is in trouble: the unknown key may be a good one
   */
  refresh(seen: number): Promise<boolean>;
}

/**
 * Fetches the keys at `uri`.
 * @throws {SetupError} when they cannot be had
 */
export async function loadKeys(uri: string, fetching: Fetching, now = Date.now): Promise<Keys> {
  const first = await retrying(fetching, () => tryFetchKeys(uri, fetching));
  if (first instanceof FetchProblem) {
    const problem = first.kind === 'invalid' ? 'jwks_unusable' : 'jwks_unreachable';
    const where = "The address is the jwks_uri of the authorization server's metadata.";
    throw new SetupError(problem, [`${uri} ${first.message}.`, where]);
  }

  let keys = createLocalJWKSet({ keys: first });
  let fingerprint = JSON.stringify(first);
  let generation = 0;
  let fetchedAt = now();
  let triedAt = Number.NEGATIVE_INFINITY;
  let trouble: FetchProblem | undefined;
  let running: Promise<void> | undefined;

  /** Without a sign: a clock that was ahead may have been set back, and would make all this wait. */
  const timeSince = (time: number) => Math.abs(now() - time);

  async function update(): Promise<void> {
    const result = await fetchKeys(uri, { fetch: fetching.fetch }).catch(asFetchProblem);
    triedAt = now();
    trouble = result instanceof FetchProblem ? result : undefined;
    if (result instanceof FetchProblem) {
      log.warn({ jwksUri: uri, reason: result.message }, 'The signing keys could not be refreshed');
      return;
    }
    fetchedAt = now();
    if (JSON.stringify(result) === fingerprint) return;
    fingerprint = JSON.stringify(result);
    keys = createLocalJWKSet({ keys: result });
    generation++;
    log.info({ kids: result.map(({ kid }) => kid) }, 'The signing keys have changed');
  }

  /** However many requests ask, one fetch runs, and none within the cool-down. */
  function updateIfDue(): Promise<void> | undefined {
    if (running === undefined && timeSince(triedAt) >= coolDown) {
      running = update().finally(() => {
        running = undefined;
      });
      fetching.background?.(running);
    }
    return running;
  }

  return {
    get generation() {
      return generation;
    },
    async current() {
      const age = timeSince(fetchedAt);
      if (age >= fresh) {
        const updating = updateIfDue();
        if (age >= usable) await updating;
        if (timeSince(fetchedAt) >= usable) throw unavailable(uri, trouble);
      }
      return keys;
    },
    async refresh(seen) {
      if (generation !== seen) return true; // They came while the caller was looking.
      const updating = updateIfDue();
      await updating;
      if (trouble !== undefined) throw unavailable(uri, trouble);
      return updating !== undefined;
    },
  };
}

async function tryFetchKeys(uri: string, fetching: Fetching) {
  const result = await fetchKeys(uri, fetching).catch(asFetchProblem);
  const again = result instanceof FetchProblem && result.kind === 'unreachable';
  return again ? { again, value: result } : result;
}

/** The usable keys at `uri`. @throws {FetchProblem} */
async function fetchKeys(uri: string, fetching: Fetching): Promise<JWK[]> {
  const document = (await fetchJson(uri, fetching)) as { keys?: unknown } | null;
  if (!Array.isArray(document?.keys)) {
    throw new FetchProblem('invalid', 'answered JSON that is not a JWK Set');
  }
  const checked = await Promise.all(document.keys.map(usableKey));
  const keys = checked.filter((key) => key !== undefined);
  if (keys.length === 0) {
    throw new FetchProblem('invalid', `has ${checked.length} keys, none of them usable`);
  }
  return keys;
}

/**
 * The key, if a signature can be verified with it. One odd key must not spoil the others
 * (RFC 7517 §5: implementations SHOULD ignore what they do not understand).
 */
async function usableKey(jwk: JWK): Promise<JWK | undefined> {
  try {
    if (jwk.use !== undefined && jwk.use !== 'sig') throw new Error('not a signing key');
    const key = await importJWK(jwk, jwk.alg ?? defaultAlgorithm(jwk));
    // Symmetric keys have no place in a published set, and RFC 7518 §3.3 wants 2048 bits of RSA.
    if (key instanceof Uint8Array || key.type !== 'public') throw new Error('not a public key');
    const { modulusLength = 2048 } = key.algorithm as { modulusLength?: number };
    if (modulusLength < 2048) throw new Error('an RSA key below 2048 bits');
    return jwk;
  } catch (error) {
    const { kid, kty } = (jwk ?? {}) as JWK;
    log.debug({ kid, kty, reason: (error as Error).message }, 'A key of the JWKS is left out');
    return undefined;
  }
}

function defaultAlgorithm({ kty, crv }: JWK): string {
  if (kty === 'RSA') return 'RS256';
  if (kty === 'OKP') return 'EdDSA';
  return { 'P-256': 'ES256', 'P-384': 'ES384', 'P-521': 'ES512' }[crv ?? ''] ?? 'none';
}

function unavailable(uri: string, trouble: FetchProblem | undefined): Refusal {
  return new Refusal('provider_unavailable', { jwksUri: uri, reason: trouble?.message });
}

function asFetchProblem(error: unknown): FetchProblem {
  if (error instanceof FetchProblem) return error;
  throw error;
}
