/** Which requests need a token, and whose requests are served at all. */
import { legacyRequest, legacyRevision, modernRequest } from '../doctor/rpc.js';
import type { Bench } from './bench.js';
import { type Case, type Group, judge, judgeAll } from './case.js';
import { describeAnswer, type Exchange, isServed, statusOf } from './exchange.js';
import { rfc, tokenRequirements, transportSecurity } from './rules.js';

const messages = [
  { method: 'tools/list', params: {} },
  { method: 'tools/call', params: { name: 'conformance', arguments: {} } },
];
/** A name that nobody can own (RFC 6761). */
const foreign = 'conformance.invalid';

const everyMessage: Case = {
  id: 'request-messages',
  title: 'Every message needs a token, in both eras and in a batch',
  level: 'MUST',
  rule: tokenRequirements,
  needs: [],
  async run({ url, ask }) {
    const session = { revision: legacyRevision };
    const list = legacyRequest(url, messages[0] ?? { method: '', params: {} }, session);
    const questions = [
      ...messages.map((each) => ({
        name: `${each.method} (2025)`,
        question: legacyRequest(url, each, session),
      })),
      ...messages.map((each) => ({
        name: `${each.method} (2026-07-28)`,
        question: modernRequest(url, each),
      })),
      { name: 'a batch', question: { ...list, body: `[${list.body}]` } },
    ];
    const exchanges = [];
    for (const { name, question } of questions) {
      exchanges.push(await ask(`${name} without a token`, 'none', question));
    }
    return judgeAll(exchanges, (each) => !isServed(each), 'a refusal', describeAnswer);
  },
};

const everyMethod: Case = {
  id: 'request-methods',
  title: 'GET and DELETE need a token as well',
  level: 'MUST',
  rule: tokenRequirements,
  needs: [],
  async run({ url, ask }) {
    const exchanges = [];
    for (const method of ['GET', 'DELETE']) {
      const headers = { accept: 'text/event-stream, application/json' };
      const question = { url, method, headers };
      exchanges.push(await ask(`${method} without a token`, 'none', question));
    }
    const good = (exchange: Exchange) => {
      const { failed } = exchange.answer;
      const status = statusOf(exchange);
      // A stream that opens and stays silent is one that nobody should have got.
      return failed !== 'timeout' && (status === 0 || status >= 300);
    };
    return judgeAll(exchanges, good, 'status 401, or 405 where there is none', describeAnswer);
  },
};

const garbage: Case = {
  id: 'request-garbage',
  title: 'A body that is no JSON, without a token, is a mistake of the client',
  level: 'SHOULD',
  rule: rfc(9110, '15.5'),
  needs: [],
  async run({ url, ask, probe }) {
    const exchanges = [];
    for (const body of ['{', '', '[]', 'null']) {
      const question = { ...probe.question(url, {}), body };
      exchanges.push(
        await ask(`the body ${JSON.stringify(body)} without a token`, 'none', question),
      );
    }
    const good = (exchange: Exchange) => statusOf(exchange) >= 400 && statusOf(exchange) < 500;
    return judgeAll(exchanges, good, 'a status of 4xx', describeAnswer);
  },
};

/** A good token, in a request that names something foreign in a header. */
function sendNamed({ mint, send }: Bench, header: 'Origin' | 'Host', value: string) {
  const token = mint();
  const headers = { authorization: `Bearer ${token}`, [header.toLowerCase()]: value };
  const what = `a good token and the ${header} ${value}`;
  return send({ what, credentials: 'other', tokens: [token], headers });
}

const origin: Case = {
  id: 'origin-foreign',
  title: 'The page of a foreign website is refused by 403, whatever token it has',
  level: 'MUST',
  rule: transportSecurity,
  needs: ['accepted'],
  async run(bench) {
    const exchange = await sendNamed(bench, 'Origin', `https://${foreign}`);
    const seen = describeAnswer(exchange);
    const expected = 'status 403';
    return judge(statusOf(exchange) === 403, { request: exchange.what, expected, seen });
  },
};

const host: Case = {
  id: 'host-foreign',
  title: 'On this machine, a foreign Host is refused (DNS rebinding)',
  level: 'ADVICE',
  rule: transportSecurity,
  needs: ['accepted', 'loopback'],
  async run(bench) {
    const exchange = await sendNamed(bench, 'Host', foreign);
    const good = !isServed(exchange);
    const seen = describeAnswer(exchange);
    return judge(good, { request: exchange.what, expected: 'a refusal', seen });
  },
};

export const requestsGroup: Group = {
  id: 'requests',
  title: 'Which requests are served',
  cases: [everyMessage, everyMethod, garbage, origin, host],
};
