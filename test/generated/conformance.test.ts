// The official conformance suite against generated servers: both examples, every framework, without
// a login and with each. What a server is known not to pass is test/conformance/expected-failures.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { examples } from '../../src/examples.js';
import { defaultFramework, frameworks } from '../../src/frameworks.js';
import { compare, listedFor } from '../conformance/compare.js';
import { fillDocument, keyOf } from '../conformance/document.js';
import { expectedFailures } from '../conformance/expected-failures.js';
import { type Login, startServer, type TriedServer } from '../conformance/servers.js';
import {
  installSuite,
  type Outcome,
  revisions,
  type Suite,
  suiteVersion,
} from '../support/conformance-suite.js';
import { repository } from '../support/project.js';

let suite: Suite;
/** Of servers without a login, on the default framework. */
const results = new Map<string, Outcome[]>();
beforeAll(async () => {
  suite = await installSuite();
}, 120_000);

const everywhere: Login[] = ['open', 'jwt'];
const elsewhere: Login[] = ['introspection', 'proxy'];
const cases = [
  ...examples.flatMap(({ id: example }) =>
    frameworks.flatMap((framework) => everywhere.map((login) => ({ example, framework, login }))),
  ),
  // A framework does not see how a token is checked.
  ...elsewhere.map((login) => ({
    example: 'everything' as const,
    framework: defaultFramework,
    login,
  })),
];

describe.each(cases)('$example with $framework.title, $login', ({ example, framework, login }) => {
  let server: TriedServer;
  beforeAll(async () => {
    server = await startServer(login, '--example', example, '--framework', framework.id);
  });
  afterAll(() => server?.[Symbol.asyncDispose]());

  it.each(revisions)('passes what is expected of %s', async (revision) => {
    const outcomes = await suite.tryServer(server.url, revision);
    if (framework === defaultFramework && login === 'open') {
      results.set(keyOf(example, revision), outcomes);
    }
    expect(compare(outcomes, example)).toEqual({ unexpected: [], stale: [] });
    if (example === 'everything') expect(unpassed(outcomes)).toEqual([]);
  });
});

/** The scenarios that a revision requires, and that did not pass or had nothing to try. */
function unpassed(outcomes: Outcome[]): string[] {
  const passes = ({ checks }: Outcome) =>
    checks.some(({ status }) => status === 'SUCCESS') &&
    checks.every(({ status }) => status !== 'FAILURE' && status !== 'WARNING');
  return outcomes
    .filter((outcome) => outcome.scored && !passes(outcome))
    .map(({ scenario }) => scenario);
}

const read = (path: string) => readFileSync(join(repository, path), 'utf8');

it('docs/conformance.md says so: npm run docs:conformance', () => {
  const document = read('docs/conformance.md');
  expect(document).toBe(fillDocument(document, results));
});

it.each(['docs/conformance.md', 'templates/example-everything/_partials/readme-example.hbs'])(
  '%s names the version that is tried here',
  (path) => {
    const named = [...read(path).matchAll(/conformance@(\S+)/g)].map(([, version]) => version);
    expect(new Set(named)).toEqual(new Set([suiteVersion]));
  },
);

describe('the comparison', () => {
  const outcome = (scenario: string, status: 'SUCCESS' | 'FAILURE'): Outcome => ({
    scenario,
    scored: true,
    checks: [{ id: 'check', status }],
  });

  it('notices what fails and is not listed', () => {
    const { unexpected } = compare([outcome('ping', 'FAILURE')], 'basic');
    expect(unexpected).toEqual(['ping:check: undefined']);
  });

  it('notices what is listed and passes', () => {
    const { stale } = compare([outcome('tasks-lifecycle', 'SUCCESS')], 'everything');
    expect(stale).toEqual(['tasks-lifecycle']);
  });

  it('takes a listed check for that check only', () => {
    const { unexpected } = compare([outcome('server-stateless', 'FAILURE')], 'basic');
    expect(unexpected).toEqual(['server-stateless:check: undefined']);
  });
});

it('nothing that is required is expected to fail with everything', () => {
  const names = listedFor('everything').flatMap(({ scenarios }) => scenarios);
  expect(names.filter((name) => !name.startsWith('tasks-'))).toEqual([]);
  expect(expectedFailures.every(({ link }) => URL.canParse(link))).toBe(true);
});
