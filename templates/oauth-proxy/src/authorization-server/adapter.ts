// Where oidc-provider keeps its clients, interactions, grants, codes and refresh tokens.
import type { Adapter, AdapterPayload, errors } from 'oidc-provider';
import type { Records } from '../store/records.js';

/** How long what has no lifetime of its own (registered clients) is kept after its last use. */
const unusedLifetime = 90 * 24 * 3600;
/** Two tabs may refresh at once: for so long both get new tokens, later it counts as theft. */
const refreshGrace = 10_000;

/** What ends with its grant. An interaction names grants too, but outlives them. */
const ofGrant = new Set(['Grant', 'AuthorizationCode', 'RefreshToken', 'AccessToken']);
/** What oidc-provider looks at `consumed` of. */
const consumable = new Set(['AuthorizationCode', 'RefreshToken']);

/** The group of records that end with a grant. */
export const grantGroup = (grantId: string) => `grant:${grantId}`;

/**
 * The storage of oidc-provider (its option `adapter`).
 * @param InvalidGrant of oidc-provider: how a token request is refused
 * @param endGrant ends a grant with all that it gave: its group, and tokens that nobody stores
 * @param now the clock, in milliseconds since 1970
 */
export function createAdapter(
  records: Records,
  InvalidGrant: typeof errors.InvalidGrant,
  endGrant: (grantId: string) => Promise<void>,
  now: () => number = Date.now,
): (model: string) => Adapter {
  return (model) => {
    const keyOf = (id: string) => `${model}:${id}`;
    const consumptionOf = (id: string) => `${model} consumed:${id}`;
    // The cookie of oidc-provider's sessions never comes back (server-settings.ts): nobody would ask.
    const isKept = model !== 'Session';

    async function find(id: string): Promise<AdapterPayload | undefined> {
      const [payload, consumedAt] = await Promise.all([
        records.get<AdapterPayload>(keyOf(id)),
        consumable.has(model) ? records.get<number>(consumptionOf(id)) : undefined,
      ]);
      // No expiry: a client, or another thing that lives as long as it is used.
      if (payload !== undefined && payload.exp === undefined) {
        await records.renew(keyOf(id), unusedLifetime);
      }
      if (payload === undefined || consumedAt === undefined) return payload;
      // Without a sign: a clock that was ahead, and is set back, must not lengthen the grace.
      const inGrace = model === 'RefreshToken' && Math.abs(now() - consumedAt) < refreshGrace;
      return inGrace ? payload : { ...payload, consumed: Math.floor(consumedAt / 1000) };
    }

    return {
      find,

      async upsert(id, payload, expiresIn = unusedLifetime) {
        const grantId = model === 'Grant' ? id : payload.grantId;
        const group = ofGrant.has(model) && grantId ? grantGroup(grantId) : undefined;
        if (isKept) await records.set(keyOf(id), payload, expiresIn, group);
      },

      // For sessions, and for the device flow, which is not enabled.
      findByUid: async () => undefined,
      findByUserCode: async () => undefined,

      /**
       * oidc-provider has found the code unused, but so may have others at the same time. One of
       * them wins; for the rest it is a replay, and everything granted ends (RFC 6749 §4.1.2).
       */
      async consume(id) {
        const payload = await records.get<AdapterPayload>(keyOf(id));
        // Revoked since it was found, perhaps by somebody who lost against this request.
        if (payload === undefined) throw new InvalidGrant(`${model} has been revoked`);
        // A minute longer than what it is about: without it a used code would look fresh again.
        const seconds = now() / 1000;
        const lifetime = (payload.exp ?? seconds + unusedLifetime) - seconds + 60;
        const isFirst = await records.claim(consumptionOf(id), now(), lifetime);
        // A refresh token may be used twice within the grace, and `find` has just seen that it is.
        if (isFirst || model === 'RefreshToken') return;
        if (payload.grantId) await endGrant(payload.grantId);
        throw new InvalidGrant(`${model} has been used twice at once`);
      },

      async destroy(id) {
        await (model === 'Grant' ? endGrant(id) : records.delete(keyOf(id)));
      },

      /** oidc-provider calls this for each model of the grant; the first call ends them all. */
      revokeByGrantId: endGrant,
    };
  };
}
