/** The provider does not work when a server starts: it has to say so and end, and never hang. */
import { failedStart } from '../test/support/project.js';
import { call, describe, seconds } from './client.js';
import type { Fault, Look } from './fault.js';
import type { Lie, Trouble } from './trouble.js';
import { createWorlds, type World } from './worlds.js';

/** How long a start may take to fail, in milliseconds: platforms wait for 30 s or more. */
const patience = 20_000;

type Cause = readonly [name: string, cause: (trouble: Trouble, issuer: string) => void];

const outages: Cause[] = [
  ['is down', (trouble) => Object.assign(trouble, { cut: true })],
  ['does not answer', (trouble) => Object.assign(trouble, { delay: 120_000 })],
  ['answers 503', (trouble) => lieAlways(trouble, { status: 503 })],
];

const metadata = (change: object) => (trouble: Trouble, issuer: string) => {
  const endpoints = { authorization_endpoint: 'a', token_endpoint: 't', jwks_uri: 'jwks' };
  const addresses = { ...endpoints, introspection_endpoint: 'i' };
  const urls = Object.entries(addresses).map(([name, path]) => [name, `${issuer}/${path}`]);
  const body = JSON.stringify({ issuer, ...Object.fromEntries(urls), ...change });
  trouble.lie = (path) => (path.includes('.well-known') ? { body } : undefined);
};

const lies: Cause[] = [
  ['names another issuer', metadata({ issuer: 'https://evil.example' })],
  [
    'leads to endpoints without TLS',
    metadata({
      token_endpoint: 'http://evil.example/t',
      jwks_uri: 'http://evil.example/j',
      introspection_endpoint: 'http://evil.example/i',
    }),
  ],
  [
    'answers with a page',
    (trouble) => lieAlways(trouble, { headers: { 'content-type': 'text/html' }, body: '<html>' }),
  ],
  [
    'sends elsewhere',
    (trouble) => lieAlways(trouble, { status: 302, headers: { location: 'http://evil.example/' } }),
  ],
  ['answers without end', (trouble) => lieAlways(trouble, { body: ' '.repeat(3e6) })],
  ['has no keys', (trouble) => lieAt(trouble, '/jwks', { body: '{"keys":[]}' })],
];

export const providerDownAtStart: Fault = {
  name: 'provider-down-at-start',
  about:
    'The provider is down, silent or broken when the server starts. A server that cannot check anybody must not pretend to be up: it ends with status 1 and a sentence for a person, and starts as soon as the provider is back.',
  cause: (look) => startWith(look, outages),
};

export const providerLyingAtStart: Fault = {
  name: 'provider-lying-at-start',
  about: 'What the provider says about itself is wrong when the server starts.',
  cause: (look) => startWith(look, lies),
};

async function startWith(look: Look, causes: readonly Cause[]): Promise<void> {
  for (const create of createWorlds) {
    await using world = await create();
    const well = { ...world.trouble };
    for (const [name, cause] of causes) {
      // Only those who check signatures read the provider's keys at start.
      if (name === 'has no keys' && world.mode !== 'jwt') continue;
      cause(world.trouble, world.issuer);
      await lookAtStart(look, world, name);
      Object.assign(world.trouble, well);
    }
    await using server = await world.start();
    const seen = await call(server, await world.token(server));
    look(
      `${world.mode}: it is well again`,
      'serve after a start',
      describe(seen),
      seen.status === 200,
    );
  }
}

async function lookAtStart(look: Look, world: World, name: string): Promise<void> {
  const started = performance.now();
  const { status, output } = await failedStart(world.start());
  const elapsed = performance.now() - started;
  const lines = output.split('\n').map((line) => line.trim());
  const sentence = lines.find((line) => line !== '' && !line.startsWith('{')) ?? 'nothing';
  look(
    `${world.mode}: it ${name}`,
    `end with status 1 within ${patience / 1000} s, and say why`,
    `status ${status} after ${seconds(elapsed)}: ${sentence}`,
    status === 1 &&
      elapsed < patience &&
      /metadata|issuer|JWKS|provider|introspection/i.test(sentence) &&
      !/^ {4}at /m.test(output),
  );
}

function lieAlways(trouble: Trouble, lie: Lie): void {
  trouble.lie = () => lie;
}

function lieAt(trouble: Trouble, at: string, lie: Lie): void {
  trouble.lie = (path) => (path === at ? lie : undefined);
}
