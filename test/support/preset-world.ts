// A preset in proxy mode: a project of it, its simulated provider, and a server between them.
import { afterAll, afterEach, beforeAll, vi } from 'vitest';
import type { Provider, Upstream } from '../../src/providers/types.js';
import { fill, type Values } from '../../src/providers/variables.js';
import { Browser } from '../../templates/oauth-proxy/test/support/browser.js';
import { simulations } from '../simulations/index.js';
import { eras } from './client.js';
import { Person } from './person.js';
import type { Project, Running } from './project.js';
import { agreeIn, network } from './proxy.js';
import { createPresetProxy, secret, startProxy } from './proxy-server.js';
import { type Provider as Simulated, startSimulation } from './simulation.js';
import type { Simulation } from './simulation-data.js';
import { anyIssuer, type Preset, presetOf } from './simulation-preset.js';

export interface PresetCase {
  name: string;
  provider: Provider;
  /** Of variables, where they are not the preset's examples. */
  values?: Values;
  /** How its provider differs. */
  differences?: Partial<Simulation>;
}

export interface PresetWorld {
  provider: Provider;
  values: Values;
  upstream: Upstream;
  preset: Preset;
  data: Simulation;
  /** What OAUTH_ISSUER_URL would be at the real provider. */
  issuer: string;
  /** The scopes that the server requests there. */
  requested: readonly string[];
  readonly project: Project;
  readonly simulation: Simulated;
  readonly server: Running;
  /** Somebody new, with a new client, in a new browser unless one is given. */
  meet(options?: { era?: (typeof eras)[number]; url?: string; browser?: Browser }): Person;
  /** Who logs in at the provider, as a server should see it. */
  whoIs(): { subject: string; identity: Record<string, unknown> };
}

/** Makes all that before the tests of a file or group, and ends it after them. */
export function setUp({ provider, values = {}, differences }: PresetCase): PresetWorld {
  const { upstream } = provider;
  const usual = simulations[provider.id];
  if (!upstream || !usual) throw new Error(`${provider.id} is no preset for a proxy`);
  const preset = presetOf(provider, values);
  const data: Simulation = { ...usual, ...differences };
  const requested = upstream.scopes.map((scope) => fill(scope, preset.values));
  let project: Project;
  let simulation: Simulated;
  let server: Running;

  beforeAll(async () => {
    [project, simulation] = await Promise.all([
      createPresetProxy(provider, values),
      startSimulation(preset, data, secret),
    ]);
    server = await startProxy(project, simulation, data);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    simulation.lifetime = 3600;
  });
  afterAll(async () => {
    await server?.[Symbol.asyncDispose]();
    await simulation?.[Symbol.asyncDispose]();
    await project?.[Symbol.asyncDispose]();
  });

  return {
    provider,
    values,
    upstream,
    preset,
    data,
    issuer: fill(provider.issuer, preset.values) || anyIssuer,
    requested,
    get project() {
      return project;
    },
    get simulation() {
      return simulation;
    },
    get server() {
      return server;
    },
    meet: ({ era = eras[1], url = server.url, browser = new Browser(network) } = {}) =>
      new Person('Ada Lovelace', url, era, agreeIn(browser)),

    whoIs() {
      const { subjectClaim = 'sub', identityClaims, verify } = upstream;
      const { userInfo, idToken = data.token.claims } = data;
      const describe = verify === 'userinfo' ? (userInfo ?? idToken) : idToken;
      const grant = { client: simulation.client, scopes: requested, resource: '', nonce: '' };
      const facts = { ...simulation.facts, ...grant };
      const said: Record<string, unknown> = describe(facts);
      // Of an ID token without an address, the rest is asked for.
      const claims = 'email' in said ? said : { ...said, ...userInfo?.(facts) };
      const known = identityClaims.filter((name) => name in claims);
      if (known.length === 0) throw new Error('Nothing is known of anybody');
      const identity = Object.fromEntries(known.map((name) => [name, claims[name]]));
      return { subject: String(claims[subjectClaim]), identity };
    },
  };
}
