/** What a server makes of other issuers: it is started anew for each, so it has to be ours to start. */
import { checkResourceMetadata } from '../doctor/resource-metadata.js';
import { spell } from '../doctor/text.js';
import type { Bench } from './bench.js';
import { type Case, type Group, judge, skip, type Verdict } from './case.js';
import { describeAnswer, isServed } from './exchange.js';
import { oddKeys } from './keys.js';
import type { Conduct } from './provider.js';
import { metadataDiscovery, rfc } from './rules.js';

const notRead = 'The server does not read the metadata of the provider.';

/** Runs with a server that was started with such a provider; afterwards all is as before. */
async function startedWith(
  bench: Bench,
  conduct: Partial<Conduct>,
  run: (started: boolean) => Promise<Verdict>,
): Promise<Verdict> {
  const { provider, program } = bench;
  if (program === undefined) return skip('Only a server that was started by this command.');
  provider.behave(conduct);
  try {
    return await run(await program.restart());
  } finally {
    provider.behave();
  }
}

/** A good token has to be served. */
async function serves(bench: Bench, request: string, conduct: Partial<Conduct>): Promise<Verdict> {
  return startedWith(bench, conduct, async (started) => {
    const expected = 'it starts, and serves a good token';
    if (!started) return judge(false, { request, expected, seen: 'it does not answer' });
    const exchange = await bench.sendToken('other');
    return judge(isServed(exchange), { request, expected, seen: describeAnswer(exchange) });
  });
}

const needs = ['accepted', 'command'] as const;

const slash: Case = {
  id: 'issuer-slash',
  title: 'An issuer that ends in a slash keeps it',
  level: 'MUST',
  rule: rfc(8414, '3.3'),
  needs,
  run: (bench) =>
    startedWith(bench, { path: '/' }, async (started) => {
      const { issuer } = bench.provider;
      const request = `a start with the issuer ${issuer}, and a good token`;
      const expected = `the token is accepted, and the metadata names ${spell(issuer)}`;
      if (!started) return judge(false, { request, expected, seen: 'it does not answer' });
      const exchange = await bench.sendToken('other');
      // That there is no metadata at all is another case.
      if (bench.looks.metadata === undefined) {
        return judge(isServed(exchange), { request, expected, seen: describeAnswer(exchange) });
      }
      const { value } = await checkResourceMetadata(bench.url, {}, bench.tools);
      const servers = value?.document.authorization_servers;
      const good = isServed(exchange) && Array.isArray(servers) && servers.includes(issuer);
      const seen = `${describeAnswer(exchange)}; authorization_servers: ${spell(servers)}`;
      return judge(good, { request, expected, seen });
    }),
};

const path: Case = {
  id: 'issuer-path',
  title: 'An issuer with a path is found',
  level: 'MUST',
  rule: rfc(8414, '3.1'),
  needs,
  run: (bench) => serves(bench, 'a start with an issuer /tenant/one', { path: '/tenant/one' }),
};

const mismatch: Case = {
  id: 'issuer-mismatch',
  title: 'Metadata that names another issuer is not used',
  level: 'MUST',
  rule: rfc(8414, '3.3'),
  needs,
  run: (bench) => {
    const { counts, origin } = bench.provider;
    const before = counts.metadata;
    const claimed = `${origin}/somebody-else`;
    return startedWith(bench, { claimed }, async (started) => {
      const request =
        'a start with a provider whose metadata names another issuer, and tokens of both';
      const expected = 'it does not start, or accepts neither';
      if (!started) return judge(true, { request, expected, seen: 'it does not start' });
      const own = await bench.sendToken('other');
      const others = await bench.sendToken('other', {
        what: 'of the issuer that the metadata names',
        claims: (good) => ({ ...good, iss: claimed }),
      });
      if (counts.metadata === before) return skip(notRead);
      const accepted = [own, others].find(isServed);
      const seen = describeAnswer(accepted ?? own);
      return judge(accepted === undefined, { request: accepted?.what ?? request, expected, seen });
    });
  },
};

/** One of the two kinds of metadata has to be enough. */
const only = (id: string, name: string, metadata: 'oauth' | 'openid'): Case => ({
  id,
  title: `A provider with metadata of ${name} only is enough`,
  level: 'ADVICE',
  rule: metadataDiscovery,
  needs,
  run: async (bench) => {
    const { counts } = bench.provider;
    const before = counts.metadata;
    const request = `a start with a provider that has metadata of ${name} only, and a good token`;
    const verdict = await serves(bench, request, { metadata });
    return counts.metadata === before ? skip(notRead) : verdict;
  },
});

const odd: Case = {
  id: 'keys-odd',
  title: 'Keys that nobody understands do not spoil the others',
  level: 'SHOULD',
  rule: rfc(7517, '5'),
  needs: [...needs, 'jwt'],
  run: (bench) => {
    const { main, curve } = bench.provider.keys;
    const keys = [...oddKeys, main.jwk, curve.jwk];
    return serves(bench, 'a start with a key set that has odd keys besides', { keys });
  },
};

export const setupsGroup: Group = {
  id: 'setups',
  title: 'Other providers',
  cases: [
    slash,
    path,
    mismatch,
    only('discovery-oauth', 'OAuth', 'oauth'),
    only('discovery-openid', 'OpenID Connect', 'openid'),
    odd,
  ],
};
