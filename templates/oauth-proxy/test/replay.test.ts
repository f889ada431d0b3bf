// Nothing is used twice, on any instance: oidc-provider's token endpoint over each store.
import { createHash, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createAdapter, grantGroup } from '../src/authorization-server/adapter.js';
import { loadProvider } from '../src/authorization-server/load-provider.js';
import { deriveKeys } from '../src/store/keys.js';
import { sealRecords } from '../src/store/records.js';
import type { Store } from '../src/store/store.js';
import { type OpenStores, storeKinds } from './support/store-kinds.js';

const { Provider, errors } = await loadProvider();
const keys = deriveKeys(['a secret of some length for these tests']);
const redirectUri = 'https://client.example/callback';
const verifier = 'v'.repeat(43);

describe.each(storeKinds)('$name', ({ isHere, open }) => {
  if (!isHere) return it.skip('is not there: TEST_REDIS_URL names none');

  let opened: OpenStores;
  let instances: Awaited<ReturnType<typeof start>>[];
  /** How far the clock is ahead that uses are remembered by, in seconds. */
  let ahead = 0;

  beforeAll(async () => {
    opened = await open();
    instances = await Promise.all(opened.stores.map(start));
  });
  beforeEach(() => {
    ahead = 0;
  });
  afterAll(async () => {
    for (const { server } of instances) server.close().closeAllConnections();
    await opened.close();
  });

  async function start(store: Store) {
    const now = () => Date.now() + ahead * 1000;
    const records = sealRecords(store, keys.sealing);
    const endGrant = (id: string) => records.deleteGroup(grantGroup(id));
    const adapter = createAdapter(records, errors.InvalidGrant, endGrant, now);
    const provider = new Provider('http://localhost', {
      adapter,
      jwks: { keys: keys.signing },
      cookies: { keys: keys.cookies },
      clientDefaults: { token_endpoint_auth_method: 'none', id_token_signed_response_alg: 'ES256' },
      features: { devInteractions: { enabled: false } },
      findAccount: (_ctx, accountId) => ({ accountId, claims: () => ({ sub: accountId }) }),
      issueRefreshToken: () => true,
      rotateRefreshToken: true,
      expiresWithSession: () => false,
      ttl: { AuthorizationCode: 60, Grant: 600, RefreshToken: 600, AccessToken: 60, IdToken: 60 },
    });
    const server: Server = createServer(provider.callback());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { adapter, provider, server };
  }

  /** The instance whose turn it is. */
  function instance(turn: number) {
    const found = instances[turn % instances.length];
    if (found === undefined) throw new Error('There is no instance');
    return found;
  }

  /** What a login ends with: a code, and the client that may redeem it. */
  async function logIn() {
    const { adapter, provider } = instance(0);
    const clientId = randomUUID();
    await adapter('Client').upsert(clientId, {
      client_id: clientId,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
    });
    const client = await provider.Client.find(clientId);
    if (client === undefined) throw new Error('The client was not kept');
    const grant = new provider.Grant({ accountId: 'ada', clientId });
    grant.addOIDCScope('openid');
    const grantId = await grant.save();
    const code = new provider.AuthorizationCode({
      ...{ accountId: 'ada', client, grantId, redirectUri, scope: 'openid' },
      codeChallenge: createHash('sha256').update(verifier).digest('base64url'),
      codeChallengeMethod: 'S256',
    } as never);
    const value = await code.save();

    async function ask(parameters: Record<string, string>, turn: number) {
      const { port } = instance(turn).server.address() as AddressInfo;
      const response = await fetch(`http://127.0.0.1:${port}/token`, {
        method: 'POST',
        body: new URLSearchParams({ client_id: clientId, ...parameters }),
      });
      const body = (await response.json()) as { refresh_token: string; error?: string };
      return { status: response.status, ...body };
    }
    const request = { grant_type: 'authorization_code', redirect_uri: redirectUri };
    return {
      redeem: (turn = 0) => ask({ ...request, code: value, code_verifier: verifier }, turn),
      refresh: (token: string, turn = 0) =>
        ask({ grant_type: 'refresh_token', refresh_token: token }, turn),
    };
  }
  const refusal = { status: 400, error: 'invalid_grant' };

  it('a code that is redeemed many times at once gives tokens once, and they are worth nothing', async () => {
    const { redeem, refresh } = await logIn();
    const answers = await Promise.all(Array.from({ length: 8 }, (_, turn) => redeem(turn)));
    const [winner, ...others] = answers.sort((a, b) => a.status - b.status);
    expect(winner).toMatchObject({ status: 200 });
    for (const other of others) expect(other).toMatchObject(refusal);
    expect(await refresh(winner?.refresh_token ?? '')).toMatchObject(refusal);
  });

  it('a code that is redeemed again later ends what it gave', async () => {
    const { redeem, refresh } = await logIn();
    const { refresh_token: token } = await redeem();
    expect(await redeem(1)).toMatchObject(refusal);
    expect(await refresh(token)).toMatchObject(refusal);
  });

  it('two tabs that refresh at once both go on', async () => {
    const { redeem, refresh } = await logIn();
    const { refresh_token: token } = await redeem();
    const answers = await Promise.all([refresh(token, 0), refresh(token, 1)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    for (const answer of answers) {
      expect(await refresh(answer.refresh_token, 1)).toMatchObject({ status: 200 });
    }
  });

  it('a refresh token that is used again later ends the whole family', async () => {
    const { redeem, refresh } = await logIn();
    const { refresh_token: first } = await redeem();
    const { refresh_token: second } = await refresh(first);
    ahead = 11;
    expect(await refresh(first, 1)).toMatchObject(refusal);
    expect(await refresh(second)).toMatchObject(refusal);
  });
});
