/** How a token comes: in the Authorization header, spelled right, once, and nowhere else. */
import { type Case, type Group, judge, judgeAll, type Level } from './case.js';
import { describeAnswer, type Exchange, isServed, statusOf } from './exchange.js';
import { type Rule, rfc, tokenRequirements } from './rules.js';

/** The header made from a good token; several are sent as several headers. */
interface Spelling {
  readonly what: string;
  readonly header: (token: string) => string | readonly string[];
}

interface Row {
  readonly id: string;
  readonly title: string;
  readonly level: Level;
  readonly rule: Rule;
  readonly accepted: boolean;
  readonly spellings: readonly Spelling[];
}

const rows: readonly Row[] = [
  {
    id: 'header-case',
    title: 'The scheme is read without regard to case',
    level: 'MUST',
    rule: rfc(9110, '11.1'),
    accepted: true,
    spellings: ['bearer', 'BEARER'].map((scheme) => ({
      what: `the scheme ${scheme}`,
      header: (token) => `${scheme} ${token}`,
    })),
  },
  {
    id: 'header-spaces',
    title: 'Several spaces after the scheme do no harm',
    level: 'ADVICE',
    rule: rfc(6750, '2.1'),
    accepted: true,
    spellings: [{ what: 'two spaces after Bearer', header: (token) => `Bearer  ${token}` }],
  },
  {
    id: 'header-malformed',
    title: 'A malformed Authorization header is refused',
    level: 'SHOULD',
    rule: rfc(6750, '3.1'),
    accepted: false,
    spellings: [
      { what: 'Bearer without a token', header: () => 'Bearer' },
      { what: 'a good token without a scheme', header: (token) => token },
      { what: 'a good token in quotes', header: (token) => `Bearer "${token}"` },
      { what: 'a good token and a word more', header: (token) => `Bearer ${token} more` },
      { what: 'a good token after a word', header: (token) => `Bearer word ${token}` },
      { what: 'a good token with a comma', header: (token) => `Bearer ${token},` },
      { what: 'a good token after Bearer=', header: (token) => `Bearer=${token}` },
      { what: 'a good token as a parameter', header: (token) => `Bearer token="${token}"` },
    ],
  },
  {
    id: 'header-scheme',
    title: 'A token under another scheme is refused',
    level: 'MUST',
    rule: rfc(6750, '2.1'),
    accepted: false,
    spellings: [
      {
        what: 'a good token as the password of Basic',
        header: (token) => `Basic ${Buffer.from(`:${token}`).toString('base64')}`,
      },
      { what: 'a good token as Basic', header: (token) => `Basic ${token}` },
      { what: 'a good token as Token', header: (token) => `Token ${token}` },
    ],
  },
  {
    id: 'header-twice',
    title: 'A bad token is refused even if it comes before a good one',
    level: 'SHOULD',
    rule: rfc(6750, '3.1'),
    accepted: false,
    spellings: [
      {
        what: 'two Authorization headers, a bad token and a good one',
        header: (token) => ['Bearer bad', `Bearer ${token}`],
      },
      {
        what: 'a bad token and a good one in one header',
        header: (token) => `Bearer bad, Bearer ${token}`,
      },
    ],
  },
];

const spelled: readonly Case[] = rows.map(({ accepted, spellings, ...row }) => ({
  ...row,
  needs: ['accepted'],
  async run({ mint, send }) {
    const exchanges = [];
    for (const { what, header } of spellings) {
      const token = mint();
      const headers = { authorization: header(token) };
      const credentials = accepted ? 'good' : 'bad-header';
      exchanges.push(await send({ what, credentials, tokens: [token], headers }));
    }
    const expected = accepted ? 'the request is served' : 'a refusal';
    return judgeAll(exchanges, (each) => isServed(each) === accepted, expected, describeAnswer);
  },
}));

const query: Case = {
  id: 'token-query',
  title: 'A token in the URL is not accepted',
  level: 'MUST',
  rule: tokenRequirements,
  needs: ['accepted'],
  async run({ url, mint, send }) {
    const token = mint();
    const target = new URL(url);
    target.searchParams.set('access_token', token);
    const what = 'a good token in the URL as access_token';
    const sending = { what, credentials: 'other', tokens: [token], url: target.href } as const;
    const exchange = await send(sending);
    const seen = describeAnswer(exchange);
    const good = !isServed(exchange);
    return judge(good, { request: exchange.what, expected: 'a refusal', seen });
  },
};

const form: Case = {
  id: 'token-body',
  title: 'A token in a form is not accepted',
  level: 'MUST',
  rule: tokenRequirements,
  needs: ['accepted'],
  async run({ url, mint, ask, probe }) {
    const token = mint();
    const { headers = {} } = probe.question(url, {});
    const what = `${probe.name}, a good token in the body as access_token`;
    const question = probe.question(url, {});
    // In a JSON-RPC message too: what reads forms mostly reads any body.
    const message = { ...JSON.parse(question.body ?? '{}'), access_token: token };
    const exchanges = [
      await ask(what, 'other', { ...question, body: JSON.stringify(message) }, [token]),
      await ask(
        `a form with a good token`,
        'other',
        {
          url,
          method: 'POST',
          headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
          body: `access_token=${token}`,
        },
        [token],
      ),
    ];
    const good = (exchange: Exchange) => ![200, 202].includes(statusOf(exchange));
    return judgeAll(exchanges, good, 'a refusal', describeAnswer);
  },
};

const oversize: Case = {
  id: 'header-oversize',
  title: 'An oversize token is a mistake of the client, not of the server',
  level: 'SHOULD',
  rule: rfc(9110, '15.5'),
  needs: [],
  async run({ send }) {
    const exchanges: Exchange[] = [];
    for (const size of [4_000, 100_000]) {
      const what = `a token of ${size} characters`;
      const headers = { authorization: `Bearer ${'a'.repeat(size)}` };
      exchanges.push(await send({ what, credentials: 'other', headers }));
    }
    // A server may end the connection before it has read the header.
    const good = (exchange: Exchange) => {
      const { failed } = exchange.answer;
      const status = statusOf(exchange);
      return failed === undefined ? status >= 400 && status < 500 : failed === 'reset';
    };
    return judgeAll(exchanges, good, 'a status of 4xx', describeAnswer);
  },
};

export const credentialsGroup: Group = {
  id: 'credentials',
  title: 'How a token comes',
  cases: [...spelled, query, form, oversize],
};
