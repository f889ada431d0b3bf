import { beforeEach, describe, expect, it } from 'vitest';
import { requestProblems, startupProblems } from '../src/auth/messages.js';
import type { RequestProblem } from '../src/auth/problems.js';
import { metadataShape } from '../src/auth/server-metadata.js';
import { createVerifier } from '../src/auth/verifier.js';
import { createIssuer, type Issuer } from './support/issuer.js';
import { audience } from './support/token.js';

let issuer: Issuer;
let endpoint: string;
let clock: number;

beforeEach(async () => {
  issuer = await createIssuer();
  endpoint = `${issuer.url}/introspect`;
  clock = Date.now();
});

const start = (client = { id: 'server', secret: 'secret' }) =>
  createVerifier(
    {
      issuer: issuer.url,
      audiences: [audience],
      scopes: [],
      client,
      server: metadataShape.parse({ issuer: issuer.url, introspection_endpoint: endpoint }),
      metadataUrl: 'https://x.example',
    },
    issuer,
    () => clock,
  );
const isRefused = async (
  verify: Awaited<ReturnType<typeof start>>,
  token: string,
  problem: RequestProblem,
) => expect(verify(token)).rejects.toMatchObject({ problem, message: requestProblems[problem] });
/** Questions after the one at start. */
const asked = () => (issuer.asked[endpoint] ?? 0) - 1;
const forever = { exp: 9_999_999_999 };

it('tells whose token it is', async () => {
  const verify = await start();
  expect(await verify(await issuer.sign())).toMatchObject({
    clientId: 'test-client',
    extra: { claims: { sub: 'ada' } },
  });
});

describe('refuses', () => {
  it('what the provider does not know or no longer accepts', async () => {
    const verify = await start();
    await isRefused(verify, 'made-up', 'token_inactive');
    await isRefused(verify, await issuer.sign({ active: false }), 'token_inactive');
  });

  it.each(['unsupported_token_type', 'invalid_token', 'invalid_request'])(
    'what the provider does not take for a token of its own, and says so by %s',
    async (error) => {
      const verify = await start();
      issuer.documents[endpoint] = Response.json({ error }, { status: 400 });
      await isRefused(verify, 'a.b.c', 'token_inactive');
    },
  );

  it('tokens of others, for others, and of other kinds', async () => {
    const verify = await start();
    const elsewhere = { aud: 'https://other.example', client_id: 'another-client' };
    await isRefused(verify, await issuer.sign(elsewhere), 'audience_refused');
    await isRefused(verify, await issuer.sign({ iss: 'https://evil.example' }), 'issuer_refused');
    for (const kind of [{ token_type: 'refresh_token' }, { typ: 'Refresh' }, { token_use: 'id' }]) {
      await isRefused(verify, await issuer.sign(kind), 'token_kind');
    }
  });

  it('expired tokens that are called active, however the time is written', async () => {
    const verify = await start();
    await isRefused(verify, await issuer.sign({ exp: 1 }), 'token_expired');
    await isRefused(verify, await issuer.sign({ exp: '1' } as never), 'token_expired');
  });
});

describe('does not ask again', () => {
  it('about a good token for a minute', async () => {
    const verify = await start();
    const token = await issuer.sign(forever);
    await verify(token);
    await verify(token);
    expect(asked()).toBe(1);
    clock += 61_000;
    await verify(token);
    expect(asked()).toBe(2);
  });

  it('about a good token longer than it is valid, but then does', async () => {
    const verify = await start();
    const token = await issuer.sign({ exp: clock / 1000 + 10 });
    await verify(token);
    clock += 11_000;
    await isRefused(verify, token, 'token_expired');
    expect(asked()).toBe(2);
  });

  it('about a bad token for a few seconds', async () => {
    const verify = await start();
    await isRefused(verify, 'made-up', 'token_inactive');
    await isRefused(verify, 'made-up', 'token_inactive');
    expect(asked()).toBe(1);
    clock += 6_000;
    await isRefused(verify, 'made-up', 'token_inactive');
    expect(asked()).toBe(2);
  });

  it('but does when the clock was ahead, and is set back', async () => {
    const verify = await start();
    const good = await issuer.sign(forever);
    clock += 60 * 60_000;
    await verify(good);
    await isRefused(verify, 'made-up', 'token_inactive');
    clock -= 60 * 60_000;
    await verify(good);
    await isRefused(verify, 'made-up', 'token_inactive');
    expect(asked()).toBe(4);
  });

  it('for requests that come at the same time', async () => {
    const verify = await start();
    const token = await issuer.sign();
    await Promise.all([verify(token), verify(token), verify(token)]);
    expect(asked()).toBe(1);
  });
});

describe('trouble at the provider', () => {
  it('is not the caller’s, and is not remembered', async () => {
    const verify = await start();
    const token = await issuer.sign();
    issuer.down = true;
    await isRefused(verify, token, 'provider_unavailable');
    issuer.down = false;
    await expect(verify(token)).resolves.toBeDefined();
    for (const answer of [
      new Response('', { status: 500 }),
      new Response('<html>'),
      Response.json({ error: 'invalid_client' }, { status: 401 }),
      Response.json({ error: 'invalid_client' }, { status: 400 }),
      Response.json({ active: 'yes' }),
    ]) {
      issuer.documents[endpoint] = answer;
      await isRefused(verify, await issuer.sign(), 'provider_unavailable');
    }
  });

  it('never makes more than 20 questions at a time, and leaves nobody waiting forever', async () => {
    const verify = await start();
    let running = 0;
    let most = 0;
    const { fetch } = issuer;
    issuer.fetch = async (input, init) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return fetch(input, init);
    };
    const slow = await start();
    const tokens = await Promise.all(Array.from({ length: 100 }, () => issuer.sign()));
    await Promise.all(tokens.map(slow));
    expect(most).toBe(20);
    const flood = await Promise.all(Array.from({ length: 250 }, () => issuer.sign()));
    const answers = await Promise.allSettled(flood.map(slow));
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(30);
    expect(verify).toBeDefined();
  });
});

describe('does not start', () => {
  it('with credentials that the provider refuses', async () => {
    const failure = start({ id: 'server', secret: 'hunter2' });
    await expect(failure).rejects.toThrow(startupProblems.credentials_refused);
    await expect(failure).rejects.toThrow('OAUTH_CLIENT_SECRET');
    await expect(failure).rejects.not.toThrow('hunter2');
  });

  it('when the endpoint does not answer', async () => {
    issuer.down = true;
    await expect(start()).rejects.toThrow(startupProblems.introspection_unreachable);
  });
});
