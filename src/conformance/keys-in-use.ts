/** How a server lives with its provider: keys, and trouble. */

import type { Bench } from './bench.js';
import { type Case, type Group, judge, skip } from './case.js';
import { describeAnswer, headerOf, isServed, statusOf } from './exchange.js';
import { signers } from './jws.js';
import type { SigningKey } from './keys.js';
import type { Provider } from './provider.js';
import { keyRotation, type Rule, rfc, tokenHandling } from './rules.js';
import type { Variant } from './token.js';

const unavailable: Rule = rfc(9110, '15.6.4');

/** Signed by one of the provider's keys. */
const signedBy = (what: string, key: (provider: Provider) => SigningKey): Variant => ({
  what,
  header: (good, { provider }) => ({ ...good, kid: key(provider).kid }),
  signer: ({ provider }) => signers.rs256(key(provider).privateKey),
});
const newKey = signedBy('of a new key', ({ keys }) => keys.next);

/** @param number makes them differ */
const unknownKey = (number: number): Variant => ({
  what: 'of an unknown key',
  header: (good) => ({ ...good, kid: `unknown-${number}` }),
  signer: ({ provider }) => signers.rs256(provider.keys.foreign.privateKey),
});

/** How often the provider is asked while something goes on. */
async function countWhile(
  { counts }: Provider,
  action: () => Promise<unknown>,
): Promise<{ readonly all: number; readonly jwks: number }> {
  const { jwks, metadata, introspection } = counts;
  await action();
  const asked = { jwks: counts.jwks - jwks, metadata: counts.metadata - metadata };
  return {
    all: asked.jwks + asked.metadata + counts.introspection - introspection,
    jwks: asked.jwks,
  };
}

async function repeat(times: number, action: (number: number) => Promise<unknown>): Promise<void> {
  for (let number = 0; number < times; number++) await action(number);
}

async function whileDown<Result>({ provider }: Bench, action: () => Promise<Result>) {
  provider.behave({ down: true });
  try {
    return await action();
  } finally {
    provider.behave();
  }
}

const cached: Case = {
  id: 'keys-cached',
  title: 'Metadata and keys are not fetched for each token',
  level: 'ADVICE',
  rule: keyRotation,
  needs: ['accepted', 'jwt'],
  async run({ provider, sendToken }) {
    const { all } = await countWhile(provider, () => repeat(10, () => sendToken('good')));
    const request = 'ten good tokens, one after another';
    const seen = `${all} requests`;
    return judge(all <= 1, { request, expected: 'one request to the provider at most', seen });
  },
};

const flood: Case = {
  id: 'keys-flood',
  title: 'Made-up key ids do not flood the provider',
  level: 'ADVICE',
  rule: keyRotation,
  needs: ['accepted', 'jwt'],
  async run({ provider, sendToken }) {
    const send = (number: number) => sendToken('bad-token', unknownKey(number));
    const { jwks } = await countWhile(provider, () => repeat(20, send));
    const request = 'twenty tokens with made-up key ids';
    const seen = `the keys were fetched ${jwks} times`;
    return judge(jwks <= 2, { request, expected: 'the keys are fetched twice at most', seen });
  },
};

const elsewhere: Case = {
  id: 'keys-elsewhere',
  title: 'No key set is trusted, or fetched, that only a token names',
  level: 'MUST',
  rule: rfc(8725, '3.10'),
  needs: ['accepted', 'jwt'],
  async run({ provider, sendToken }) {
    const { counts, endpoints, keys } = provider;
    const before = counts.elsewhere;
    let accepted = 0;
    for (const name of ['jku', 'x5u']) {
      const exchange = await sendToken('bad-token', {
        what: `that names its key set as ${name}`,
        header: (good) => ({ ...good, [name]: endpoints.elsewhere, kid: keys.foreign.kid }),
        signer: () => signers.rs256(keys.foreign.privateKey),
      });
      if (isServed(exchange)) accepted++;
    }
    const fetched = counts.elsewhere - before;
    const request = 'two tokens of an unknown key, whose headers name its key set as jku and x5u';
    const expected = 'neither is accepted, and nothing is fetched';
    const seen = `${accepted} accepted, ${fetched} fetched`;
    return judge(accepted + fetched === 0, { request, expected, seen });
  },
};

const rotation: Case = {
  id: 'keys-rotation',
  title: 'A new key is used without a restart',
  level: 'SHOULD',
  rule: keyRotation,
  needs: ['accepted', 'jwt'],
  async run({ provider, sendToken, pause, patience }) {
    const { main, curve, next } = provider.keys;
    provider.behave({ keys: [next.jwk, main.jwk, curve.jwk] });
    const step = Math.min(1_000, patience / 10);
    try {
      let exchange = await sendToken('other', newKey);
      let waited = 0;
      for (; !isServed(exchange) && waited < patience; waited += step) {
        await pause(step);
        exchange = await sendToken('other', newKey);
      }
      const expected = `the request is served within ${patience / 1000} seconds`;
      const seen = `${describeAnswer(exchange)}, after about ${Math.round(waited / 1000)} seconds`;
      return judge(isServed(exchange), { request: exchange.what, expected, seen });
    } finally {
      provider.behave();
    }
  },
};

const knownKey: Case = {
  id: 'outage-known-key',
  title: 'While the provider is down, tokens of known keys are accepted',
  level: 'ADVICE',
  rule: unavailable,
  needs: ['accepted', 'jwt'],
  async run(bench) {
    await bench.sendToken('good');
    const exchange = await whileDown(bench, () => bench.sendToken('other'));
    const request = `${exchange.what}, while the provider is down`;
    const seen = describeAnswer(exchange);
    return judge(isServed(exchange), { request, expected: 'the request is served', seen });
  },
};

const closed: Case = {
  id: 'outage-closed',
  title: 'While the provider is down, what cannot be checked is not accepted',
  level: 'MUST',
  rule: tokenHandling,
  needs: ['accepted'],
  async run(bench) {
    const variant = bench.format === 'jwt' ? unknownKey(100) : undefined;
    const exchange = await whileDown(bench, () => bench.sendToken('other', variant));
    const request = `${exchange.what}, while the provider is down`;
    const seen = describeAnswer(exchange);
    return judge(!isServed(exchange), { request, expected: 'a refusal', seen });
  },
};

const status: Case = {
  id: 'outage-status',
  title: 'While the provider is down, what cannot be checked is answered by 503',
  level: 'ADVICE',
  rule: unavailable,
  needs: ['accepted'],
  async run(bench) {
    const jwt = bench.format === 'jwt';
    const variant = jwt ? unknownKey(101) : undefined;
    const exchange = await whileDown(bench, () => bench.sendToken('other', variant));
    if (isServed(exchange)) return skip('What cannot be checked is accepted.');
    const request = `${exchange.what}, while the provider is down`;
    // A server may know that a key is made up: it has just looked.
    const good = statusOf(exchange) === 503 || (jwt && statusOf(exchange) === 401);
    const expected = jwt ? 'status 503, or 401 where it has just looked' : 'status 503';
    const retry = headerOf(exchange, 'retry-after');
    const seen = `${describeAnswer(exchange)}${retry === undefined ? '' : `, Retry-After: ${retry}`}`;
    return judge(good, { request, expected, seen });
  },
};

export const keysGroup: Group = {
  id: 'provider',
  title: 'Keys, and trouble at the provider',
  cases: [cached, flood, elsewhere, knownKey, closed, status, rotation],
};
