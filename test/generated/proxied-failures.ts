// What goes wrong for presets in proxy mode: in the set-up of everybody, and what people report most.
import { expect, it } from 'vitest';
import { startupProblems } from '../../templates/oauth-proxy/src/auth/messages.js';
import type { PresetWorld } from '../support/preset-world.js';
import { failedStart, type Running } from '../support/project.js';
import { secret, startProxy, upstreamTokenOf } from '../support/proxy-server.js';
import { type Provider as Simulated, startSimulation } from '../support/simulation.js';
import type { Failure } from '../support/simulation-data.js';

type PersonFailure = Extract<Failure, { person: unknown }>;
type StartFailure = Extract<Failure, { start: unknown }>;
type Outcome = Pick<PersonFailure, 'person' | 'log' | 'provider' | 'settings'>;

/** Some failures to start are those of servers that verify the provider's tokens. */
const sentences = new Set<string>(Object.values(startupProblems));
const unwelcome = 'This account may not use this server';

export function testFailures(world: PresetWorld): void {
  const { upstream, preset, data, issuer, meet, whoIs } = world;

  it('says when its secret is wrong, and not what it is', async () => {
    const { registered } = world.simulation;
    registered.secret = 'another secret';
    try {
      const { error, challenge } = data.clientRefusal ?? { error: 'invalid_client' };
      const person = 'The provider refuses the credentials of this server';
      const log = challenge ? '"status":401' : `"error":"${error}"`;
      await expectOutcome({ person, log });
    } finally {
      registered.secret = secret;
    }
  });

  it('is not come back to where its redirect URI is not registered', async () => {
    const { registered } = world.simulation;
    const { redirectUris } = registered;
    registered.redirectUris = ['http://localhost:3000/oauth/callback'];
    try {
      const { error, description } = data.redirectRefusal ?? { error: 'invalid_request' };
      await expect(meet().connect()).rejects.toThrow(description || error);
    } finally {
      registered.redirectUris = redirectUris;
    }
    // So that whoever runs the server can compare.
    expect(world.server.output()).toContain(`"redirectUri":"${redirectUris[0]}"`);
  });

  const failures = data.failures.filter(({ modes = ['proxy'] }) => modes.includes('proxy'));
  const outcomes = failures.filter((failure) => 'person' in failure);
  const tried = outcomes.some(({ person }) => person === unwelcome);

  it.skipIf(tried)('lets in only those whom its owner lists', async () => {
    const settings = () => ({ OAUTH_ALLOWED_USERS: '00000000 nobody@example.com' });
    const log = `"subject":"${whoIs().subject}"`;
    await expectOutcome({ person: unwelcome, log, settings });
  });

  const isOpen = upstream.openTo !== undefined && new RegExp(upstream.openTo).test(issuer);
  it.skipIf(!isOpen)('does not start before its owner has said who may log in', async () => {
    await using other = await startSimulation(preset, data, secret);
    const starting = startProxy(world.project, other, data, { OAUTH_ALLOWED_USERS: '' });
    const { output } = await failedStart(starting);
    expect(output).toContain('OAUTH_ALLOWED_USERS is required, but not set');
  });

  const starts = failures.filter(
    (failure): failure is StartFailure => 'start' in failure && sentences.has(failure.start),
  );
  it.each(starts)('$name', async (failure) => {
    const differing = { ...data, ...failure.provider };
    await using other = await startSimulation(preset, differing, secret);
    const settings = failure.settings?.(other.facts);
    const error = await failedStart(startProxy(world.project, other, differing, settings));
    expect(error.status).toBe(1);
    for (const text of [`${failure.start}.`, ...failure.says]) expect(error.output).toContain(text);
  });

  it.each(outcomes)('$name', (failure) => expectOutcome(failure));

  /** Settings need a server of their own; a provider can change. */
  async function expectOutcome(outcome: Outcome): Promise<void> {
    const { settings, provider } = outcome;
    if (settings === undefined) {
      using _ = world.simulation.differ(provider ?? {});
      return await expectOf(outcome, world.simulation, world.server);
    }
    const differing = { ...data, ...provider };
    await using other = await startSimulation(preset, differing, secret);
    await using its = await startProxy(world.project, other, differing, settings(other.facts));
    await expectOf(outcome, other, its);
  }

  async function expectOf(
    { person: end, log }: Outcome,
    { facts, issued }: Simulated,
    server: Running,
  ): Promise<void> {
    const person = meet({ url: server.url });
    const before = server.output().length;
    if (typeof end === 'string') {
      // The page, and the log.
      await expect(person.connect()).rejects.toThrow(end);
      expect(server.output().slice(before)).toContain(`"msg":"${end}"`);
    } else {
      await person.connect();
      expect((await upstreamTokenOf(person)).scopes).toEqual(end.granted);
    }
    const output = server.output().slice(before);
    if (log !== undefined) expect(output).toContain(typeof log === 'function' ? log(facts) : log);
    const secrets = [secret, 'another secret', ...issued];
    expect(secrets.filter((text) => output.includes(text))).toEqual([]);
  }
}
