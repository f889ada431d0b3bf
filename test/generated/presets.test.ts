// A project of every preset, against its simulated provider: built, booted, logged in to, and with
// the failures that people report most.
import { discoverOAuthProtectedResourceMetadata } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { providers } from '../../src/providers/index.js';
import { simulations } from '../simulations/index.js';
import { connect, eras } from '../support/client.js';
import { complaints, examine } from '../support/doctor.js';
import { Person } from '../support/person.js';
import {
  boot,
  createProject,
  failedStart,
  freePort,
  type Project,
  type Running,
} from '../support/project.js';
import { credentials, type Provider as Simulated, startSimulation } from '../support/simulation.js';
import { askForAdvice, logInAs, use } from '../support/simulation-client.js';
import type { Failure, Simulation } from '../support/simulation-data.js';
import { anyIssuer, directModes, presetOf } from '../support/simulation-preset.js';
import { argumentsFor } from './variants.js';

const cases = providers.flatMap((provider) =>
  directModes(provider).map((mode) => ({ id: provider.id, mode, provider })),
);

/** What clients say about scopes when they register, of what they are told and of all there are. */
const registrations = [
  { which: 'no scopes', choose: () => undefined },
  { which: 'fewer scopes than there are', choose: (told: string) => told },
  { which: 'all scopes', choose: (_told: string, all: string) => all },
];

describe.each(cases)('$id, by $mode', ({ id, mode, provider }) => {
  const preset = presetOf(provider);
  const data = simulationOf(id, mode === 'introspection');
  // Not every way to use a provider is for clients that register themselves.
  const registers = data.registration === 'open' && mode === provider.mode;
  let project: Project;
  let simulation: Simulated;
  let server: Running;

  beforeAll(async () => {
    const issuer = provider.issuer === '' ? ['--issuer', anyIssuer] : [];
    project = await createProject(...argumentsFor(provider, mode), ...issuer);
    await project.run('tsc', '-p', 'tsconfig.build.json');
    simulation = await startSimulation(preset, data);
    server = await start(simulation);
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await simulation?.[Symbol.asyncDispose]();
    await project?.[Symbol.asyncDispose]();
  });

  async function start(to: Simulated, settings?: Failure['settings']): Promise<Running> {
    const PORT = String(await freePort());
    to.endpoint = `http://localhost:${PORT}/mcp`;
    return boot(project, {
      PORT,
      OAUTH_ISSUER_URL: to.issuer,
      OAUTH_AUDIENCE: to.facts.audience,
      ...(mode === 'introspection' && credentials),
      ...settings?.(to.facts),
    });
  }

  // Where PKCE is not announced, no server that leaves the login to the provider is healthy.
  it('the doctor finds nothing wrong but what is known of the provider', async () => {
    const found = complaints(await examine(server.url, { register: registers }));
    expect(found).toEqual(provider.silentAboutPkce ? ['pkce-missing'] : []);
  });

  it.each(eras)('a client of era %j calls tools with a token', async (era) => {
    const token = await simulation.accessToken();
    const client = await connect(server.url, { era, token });
    const { structuredContent } = await client.callTool({ name: 'whoami', arguments: {} });
    expect(structuredContent).toMatchObject({
      subject: expect.any(String),
      clientId: simulation.client,
      scopes: expect.arrayContaining(scopesInTokens(preset.scopes)),
    });
    await client.close();
    expect(server.output()).not.toContain(token);
  });

  /** Of the scopes in OAUTH_SCOPES those that the provider writes into tokens. */
  function scopesInTokens(scopes: readonly string[]): string[] {
    const shown = provider.scopes.claims.length > 0;
    return shown ? scopes.filter((scope) => scope.includes('mcp:')) : [];
  }

  it.skipIf(data.resource?.known)('a person who knows the address logs in', async () => {
    const person = new Person('Ada Lovelace', server.url, { pin: '2026-07-28' });
    if (!registers) person.information = { client_id: simulation.client };
    await person.connect();
    const { scope, issuer } = await askForAdvice(server.url);
    expect(issuer).toBe(simulation.issuer);
    expect(person.visited.map(({ searchParams }) => searchParams.get('scope'))).toEqual([scope]);
    expect((await person.callTool('whoami')).structuredContent).toMatchObject({
      subject: expect.any(String),
    });
    await person.client.close();
    expect(server.output()).not.toContain(person.tokens?.access_token);
  });

  it.each(registers ? registrations : [])(
    'a client that registered $which may request what it is told',
    async ({ choose }) => {
      await using strict = await startSimulation(preset, onlyWhatIsRegistered(data));
      strict.endpoint = server.url;
      const told = await askForAdvice(server.url);
      const registered = choose(told.scope, strict.facts.supported.join(' '));
      const tokens = await logInAs({ ...told, issuer: strict.issuer }, { registered });
      expect(tokens.access_token).toEqual(expect.any(String));
    },
  );

  it.skipIf(data.idToken === undefined || mode !== 'jwt')('an ID token is refused', async () => {
    expect(await use(server.url, await simulation.idToken())).toMatchObject({ status: 401 });
  });

  const failures = data.failures.filter(({ modes = [mode] }) => modes.includes(mode));
  const ours = failures.filter((failure) => !('exchange' in failure) && !('person' in failure));
  it.each(ours)('$name', async (failure) => {
    const { provider: differences, settings } = failure;
    const apart = differences !== undefined || settings !== undefined || needsFreshKeys(failure);
    if (!apart) return expectFailure(failure, simulation, server);
    await using other = await startSimulation(preset, { ...data, ...differences });
    if ('start' in failure) return await expectNoStart(failure, other);
    await using its = await start(other, settings);
    await expectFailure(failure, other, its);
  });

  async function expectNoStart(failure: Extract<Failure, { start: string }>, to: Simulated) {
    const error = await failedStart(start(to, failure.settings));
    expect(error.status).toBe(1);
    expect(error.output).toContain(`${failure.start}.`);
    for (const text of failure.says) expect(error.output).toContain(text);
  }

  async function expectFailure(failure: Failure, from: Simulated, at: Running) {
    if ('login' in failure) {
      const { byHand, ...choices } = failure.login;
      const told = await askForAdvice(at.url);
      const client = byHand && from.client;
      const login = logInAs(told, { client, ...choices });
      return expect(login).rejects.toThrow(failure.refused);
    }
    if (!('token' in failure)) throw new Error('Nothing to be done');
    const shape = typeof failure.token === 'function' ? failure.token(from.facts) : failure.token;
    const { answer } = failure;
    const used = await use(at.url, await from.accessToken(shape));
    if (answer === 200) {
      expect(used).toEqual({ status: 200 });
      // However the setting is written, clients are sent to where the metadata is.
      const published = await discoverOAuthProtectedResourceMetadata(at.url);
      return expect(published.authorization_servers).toEqual([from.issuer]);
    }
    const { status, message, log = message } = answer;
    expect(used).toMatchObject({ status, message });
    if (status !== 503) expect(used.challenge).toContain(`error_description="${message}"`);
    expect(at.output()).toContain(typeof log === 'function' ? log(from.facts) : log);
  }
});

/** With introspection there is no reason for JWTs. */
function simulationOf(id: string, opaque: boolean): Simulation {
  const data = simulations[id];
  if (data === undefined) throw new Error(`There is no simulation of ${id}`);
  return opaque ? { ...data, token: { ...data.token, form: 'opaque' } } : data;
}

/** The provider, if it were as strict as Clerk: a client may request what it registered, or a default. */
function onlyWhatIsRegistered(data: Simulation): Simulation {
  const { all, default: usual = all, refusal } = data.scopes;
  const refused = refusal ?? { error: 'invalid_scope', description: '{scope}' };
  return { ...data, scopes: { all, default: usual, pinned: true, refusal: refused } };
}

/** The server looks for new keys once in a while only, so that no other token may have made it look. */
function needsFreshKeys(failure: Failure): boolean {
  return 'token' in failure && typeof failure.token === 'object' && failure.token.key === 'later';
}
