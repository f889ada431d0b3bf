// Every broken server and provider is told by its own identifier, and by nothing that follows from it.
import { describe, expect, it } from 'vitest';
import { checkOf } from '../../src/doctor/checks.js';
import { providers } from '../../src/providers/index.js';
import { simulations } from '../simulations/index.js';
import { complaints, examine } from '../support/doctor.js';
import { startMcpServer } from '../support/mcp-server.js';
import { startSimulation } from '../support/simulation.js';
import type { Simulation } from '../support/simulation-data.js';
import { presetOf } from '../support/simulation-preset.js';
import type { Fault } from './faults/fault.js';
import { faults } from './faults/index.js';

async function start({ preset = 'oidc', provider, server, open }: Fault) {
  const known = providers.find(({ id }) => id === preset);
  if (known === undefined) throw new Error(`There is no preset ${preset}`);
  // Every scope of the test is one that the provider has.
  const usual: Partial<Simulation> = preset === 'oidc' ? { scopes: { all: ['mcp:use'] } } : {};
  const data = { ...(simulations[preset] as Simulation), ...usual, ...provider };
  const simulation = await startSimulation(presetOf(known), data);
  const broken = typeof server === 'function' ? server(simulation.issuer) : server;
  const mcp = await startMcpServer({ ...(!open && { issuer: simulation.issuer }), ...broken });
  simulation.endpoint = mcp.url;
  return { simulation, mcp };
}

describe('one fault each', () => {
  it.each(faults)('$first: $name', async (given) => {
    const { simulation, mcp } = await start(given);
    await using _provider = simulation;
    await using _server = mcp;
    const diagnosis = await examine(mcp.url, { register: given.register ?? false });
    const found = complaints(diagnosis).filter((id) => isFault(id, given));
    expect(found).toEqual([given.first]);
  });

  /** Some providers have this fault besides. */
  function isFault(id: string, { preset, first }: Fault): boolean {
    const silent = providers.find((each) => each.id === preset)?.silentAboutPkce;
    return id === first || !(silent && id === 'pkce-missing');
  }
});

it('nothing is wrong without a fault', async () => {
  const { simulation, mcp } = await start({ name: '', first: '' });
  await using _provider = simulation;
  await using _server = mcp;
  expect(complaints(await examine(mcp.url, { register: true }))).toEqual([]);
});

it('what is allowed, yet not wise, is a note', async () => {
  const challenge = (usual: string) => usual.replace('mcp:use', 'mcp:admin');
  const { simulation, mcp } = await start({ name: '', first: '', server: { challenge } });
  await using _provider = simulation;
  await using _server = mcp;
  const diagnosis = await examine(mcp.url);
  expect(complaints(diagnosis)).toEqual([]);
  expect(diagnosis.findings.find(({ id }) => id === 'scopes-differ')?.seen).toMatchObject({
    challenge: 'mcp:admin',
    metadata: 'mcp:use',
  });
});

it.each([
  ['eras-modern', 'initialize'],
  ['eras-legacy', 'server/discover'],
])('%s: a server that does not know %s', async (id, unknown) => {
  // Streamable HTTP, 2026-07-28: a method that is not implemented is a 404.
  const error = { code: -32601, message: 'Method not found' };
  const body = { jsonrpc: '2.0', id: 1, error };
  await using server = await startMcpServer({
    answer: ({ rpc, headers }) =>
      rpc === unknown && headers.host !== 'doctor.invalid' && !headers.origin
        ? { status: 404, body }
        : undefined,
  });
  const diagnosis = await examine(server.url);
  expect(complaints(diagnosis)).toEqual([]);
  const ids = diagnosis.findings.map((finding) => finding.id);
  expect(ids).toEqual(expect.arrayContaining(['endpoint-open', id]));
});

it('finds the login of a server from before there was this metadata', async () => {
  await using server = await startMcpServer({
    issuer: 'http://localhost:9',
    answer: ({ path }) =>
      path === '/.well-known/oauth-authorization-server'
        ? { status: 200, body: { issuer: 'x' } }
        : path.includes('oauth-protected-resource')
          ? { status: 404 }
          : undefined,
  });
  const diagnosis = await examine(server.url);
  const missing = diagnosis.findings.find(({ id }) => id === 'metadata-missing');
  expect(missing?.seen['only clients of early 2025 find']).toBe(
    `${new URL(server.url).origin}/.well-known/oauth-authorization-server`,
  );
});

it('looks for a server where most are', async () => {
  await using server = await startMcpServer({ issuer: 'http://localhost:9' });
  const [finding] = (await examine(new URL('/', server.url).href)).findings;
  expect(finding).toMatchObject({
    id: 'endpoint-not-found',
    seen: { 'there is one at': server.url },
  });
});

it('there are many, and each belongs to a check', () => {
  expect(faults.length).toBeGreaterThanOrEqual(40);
  expect(() => faults.map(({ first }) => checkOf(first))).not.toThrow();
});
