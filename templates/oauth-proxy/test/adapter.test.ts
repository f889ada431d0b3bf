// What is kept for oidc-provider and for how long, and what its models may rely on.
import { randomUUID } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAdapter, grantGroup } from '../src/authorization-server/adapter.js';
import { loadProvider } from '../src/authorization-server/load-provider.js';
import { deriveKeys } from '../src/store/keys.js';
import { sealRecords } from '../src/store/records.js';
import { type OpenStores, storeKinds } from './support/store-kinds.js';

const { InvalidGrant } = (await loadProvider()).errors;
const { sealing } = deriveKeys(['a secret of some length for these tests']);
const day = 24 * 3600;

describe.each(storeKinds)('$name', ({ name, isHere, open }) => {
  if (!isHere) return it.skip('is not there: TEST_REDIS_URL names none');

  let opened: OpenStores;
  /** How far the clock is ahead that the adapter reads, in seconds. */
  let ahead: number;
  /** The adapters of two instances. */
  let instances: ((model: string) => Adapter)[];

  beforeAll(async () => {
    opened = await open();
    const now = () => Date.now() + ahead * 1000;
    instances = opened.stores.map((store) => {
      const records = sealRecords(store, sealing);
      const endGrant = (id: string) => records.deleteGroup(grantGroup(id));
      return createAdapter(records, InvalidGrant, endGrant, now);
    });
  });
  beforeEach(() => {
    ahead = 0;
  });
  afterAll(() => opened.close());

  const adapterOf = (model: string) => instances[0]?.(model) as Adapter;
  const exp = (ttl: number) => Math.floor(Date.now() / 1000) + ttl;
  const grantId = () => randomUUID();

  /** Stores something that ends in a minute, and gives its id. */
  async function store(model: string, payload: AdapterPayload) {
    const id = randomUUID();
    await adapterOf(model).upsert(id, { exp: exp(60), jti: id, kind: model, ...payload }, 60);
    return id;
  }
  const isThere = async (model: string, id: string) =>
    (await adapterOf(model).find(id)) !== undefined;

  it('keeps the models apart', async () => {
    const id = await store('Interaction', {});
    expect(await isThere('Interaction', id)).toBe(true);
    expect(await isThere('Grant', id)).toBe(false);
    await adapterOf('Interaction').destroy(id);
    expect(await isThere('Interaction', id)).toBe(false);
  });

  it('keeps no sessions: nobody would ask for one', async () => {
    const id = await store('Session', {});
    expect(await isThere('Session', id)).toBe(false);
  });

  it('ends with a grant what was issued for it, and nothing else', async () => {
    for (const end of ['destroy', 'revoke'] as const) {
      const [id, another] = [grantId(), grantId()];
      await adapterOf('Grant').upsert(id, { exp: exp(60), jti: id }, 60);
      const code = await store('AuthorizationCode', { grantId: id });
      const tokens = [
        await store('RefreshToken', { grantId: id }),
        await store('RefreshToken', { grantId: id }),
      ];
      // This one only names a grant.
      const interaction = await store('Interaction', { grantId: id });
      const foreign = await store('RefreshToken', { grantId: another });

      if (end === 'destroy') await adapterOf('Grant').destroy(id);
      else await adapterOf('RefreshToken').revokeByGrantId(id);

      expect(await isThere('Grant', id)).toBe(false);
      expect(await isThere('AuthorizationCode', code)).toBe(false);
      for (const token of tokens) expect(await isThere('RefreshToken', token)).toBe(false);
      expect(await isThere('Interaction', interaction)).toBe(true);
      expect(await isThere('RefreshToken', foreign)).toBe(true);
    }
  });

  it('lets others join the group of a grant', async () => {
    const id = grantId();
    const records = sealRecords(opened.stores[0], sealing);
    await records.set(`joined ${id}`, 'x', 60, grantGroup(id));
    await adapterOf('Grant').destroy(id);
    expect(await records.get(`joined ${id}`)).toBeUndefined();
  });

  describe('a code', () => {
    it('is consumed by one of many at once; the others end all that was granted', async () => {
      const id = grantId();
      await adapterOf('Grant').upsert(id, { exp: exp(60), jti: id }, 60);
      const code = await store('AuthorizationCode', { grantId: id });
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) =>
          instances[index % 2]?.('AuthorizationCode').consume(code),
        ),
      );
      const refused = results.filter((result) => result.status === 'rejected');
      expect(refused).toHaveLength(19);
      for (const { reason } of refused) expect(reason).toBeInstanceOf(InvalidGrant);
      expect(await isThere('Grant', id)).toBe(false);
      expect(await isThere('AuthorizationCode', code)).toBe(false);
    });

    it('shows that it was used, at once', async () => {
      const code = await store('AuthorizationCode', { grantId: grantId() });
      const codes = adapterOf('AuthorizationCode');
      expect(await codes.find(code)).not.toHaveProperty('consumed');
      await codes.consume(code);
      expect(await codes.find(code)).toHaveProperty('consumed', expect.any(Number));
    });

    it('cannot be consumed when it has been revoked since it was found', async () => {
      const id = grantId();
      const code = await store('AuthorizationCode', { grantId: id });
      await adapterOf('AuthorizationCode').revokeByGrantId(id);
      await expect(adapterOf('AuthorizationCode').consume(code)).rejects.toThrow(InvalidGrant);
    });
  });

  describe('a refresh token', () => {
    it('looks fresh for ten seconds after its first use, however often it is used', async () => {
      const tokens = adapterOf('RefreshToken');
      const token = await store('RefreshToken', { grantId: grantId() });
      await tokens.consume(token);
      ahead = 9;
      expect(await tokens.find(token)).not.toHaveProperty('consumed');
      await tokens.consume(token);
      ahead = 10.1;
      expect(await tokens.find(token)).toHaveProperty('consumed', expect.any(Number));
    });

    it('does not look fresh again when the clock was ahead, and is set back', async () => {
      const tokens = adapterOf('RefreshToken');
      const token = await store('RefreshToken', { grantId: grantId() });
      ahead = 30;
      await tokens.consume(token);
      ahead = 0;
      expect(await tokens.find(token)).toHaveProperty('consumed', expect.any(Number));
    });

    it('cannot be consumed when it has been revoked since it was found', async () => {
      const id = grantId();
      const token = await store('RefreshToken', { grantId: id });
      await adapterOf('RefreshToken').revokeByGrantId(id);
      await expect(adapterOf('RefreshToken').consume(token)).rejects.toThrow(InvalidGrant);
    });
  });

  // Only a clock that can be turned shows these.
  describe.runIf(name === 'SQLite')('in time', () => {
    it('forgets what has a lifetime when it is over', async () => {
      const id = await store('Interaction', {});
      await opened.elapse(60);
      expect(await isThere('Interaction', id)).toBe(false);
    });

    it('remembers a use for longer than what was used', async () => {
      const token = await store('RefreshToken', { grantId: grantId() });
      await adapterOf('RefreshToken').consume(token);
      ahead = 59;
      await opened.elapse(59);
      expect(await adapterOf('RefreshToken').find(token)).toHaveProperty('consumed');
    });

    it.each(['Client', 'RegistrationAccessToken'])(
      'keeps a %s as long as it is used',
      async (model) => {
        const [used, unused] = [randomUUID(), randomUUID()];
        await adapterOf(model).upsert(used, { client_id: used });
        await adapterOf(model).upsert(unused, { client_id: unused });
        await opened.elapse(89 * day);
        expect(await isThere(model, used)).toBe(true);
        await opened.elapse(2 * day);
        expect(await isThere(model, unused)).toBe(false);
        await opened.elapse(86 * day);
        expect(await isThere(model, used)).toBe(true);
      },
    );

    it('lengthens nothing that has a lifetime', async () => {
      const id = await store('Interaction', {});
      await opened.elapse(59);
      await isThere('Interaction', id);
      await opened.elapse(1);
      expect(await isThere('Interaction', id)).toBe(false);
    });
  });
});
