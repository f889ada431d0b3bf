// A server that answers the first request openly, and asks for the login later: it is followed there.
import { describe, expect, it } from 'vitest';
import { providers } from '../../src/providers/index.js';
import { simulations } from '../simulations/index.js';
import { complaints, examine } from '../support/doctor.js';
import { type Faults, startMcpServer } from '../support/mcp-server.js';
import { startSimulation } from '../support/simulation.js';
import type { Simulation } from '../support/simulation-data.js';
import { presetOf } from '../support/simulation-preset.js';

const handshake = ['initialize', 'notifications/initialized', 'server/discover'];

async function look(faults: Faults, good = true) {
  const [oidc] = providers;
  if (oidc === undefined) throw new Error('There are no presets');
  const data = { ...(simulations.oidc as Simulation), scopes: { all: ['mcp:use'] } };
  await using simulation = await startSimulation(presetOf(oidc), data);
  await using server = await startMcpServer({
    issuer: simulation.issuer,
    open: handshake,
    judge: () => (good ? undefined : { status: 401, headers: { 'www-authenticate': 'Bearer' } }),
    ...faults,
  });
  simulation.endpoint = server.url;
  const token = await simulation.accessToken();
  const diagnosis = await examine(server.url, { token });
  const finding = (id: string) => diagnosis.findings.find((each) => each.id === id);
  return { diagnosis, finding, token, credentials: server.credentials };
}

it.each([
  ['tools/list', handshake],
  ['tools/call', [...handshake, 'tools/list']],
  ['server/discover', ['initialize', 'notifications/initialized', 'tools/list', 'tools/call']],
])('it is said that %s asks for it', async (method, open) => {
  const { diagnosis, finding } = await look({ open });
  expect(complaints(diagnosis)).toEqual(['endpoint-late']);
  expect(finding('endpoint-late')?.seen).toMatchObject({ 'asks for a login': method });
  expect(finding('challenge-good')).toBeDefined();
  expect(finding('token-accepted')).toBeDefined();
});

it('a server of 2026-07-28 only, whose first request is refused, is not late', async () => {
  const error = { code: -32601, message: 'Method not found' };
  const { diagnosis, finding } = await look({
    open: [],
    answer: ({ rpc }) =>
      rpc === 'initialize' ? { status: 404, body: { jsonrpc: '2.0', id: 1, error } } : undefined,
  });
  expect(complaints(diagnosis)).toEqual([]);
  expect(finding('endpoint-protected')).toBeDefined();
});

it('the session of a client of 2025 is kept', async () => {
  const unknown = (message: string) => ({
    status: 400,
    body: { jsonrpc: '2.0', id: null, error: { code: -32000, message } },
  });
  const { diagnosis } = await look({
    answer: ({ rpc, headers, method }) => {
      if (method !== 'POST') return undefined;
      if (headers['mcp-method'] !== undefined) return unknown('Unknown protocol version');
      if (rpc === 'initialize') {
        const result = { protocolVersion: '2025-06-18' };
        return {
          status: 200,
          headers: { 'mcp-session-id': 'the-session' },
          body: { jsonrpc: '2.0', id: 1, result },
        };
      }
      if (headers['mcp-session-id'] !== 'the-session') return unknown('No session');
      return headers['mcp-protocol-version'] === '2025-06-18' ? undefined : unknown('Which one?');
    },
  });
  expect(complaints(diagnosis)).toContain('endpoint-late');
});

describe('a token', () => {
  it('is tried where one is asked for, not where everybody gets an answer', async () => {
    const { finding } = await look({}, false);
    expect(finding('token-accepted')).toBeUndefined();
    expect(finding('token-refused')).toBeDefined();
  });

  it('goes to the server only', async () => {
    const { token, credentials } = await look({});
    expect(credentials.length).toBeGreaterThan(0);
    expect(new Set(credentials)).toEqual(new Set([`/mcp Bearer ${token}`]));
  });
});

it('browsers have to see the challenge where it comes', async () => {
  const hidden: Faults['answer'] = ({ rpc, token, headers }, { origin }) => {
    if (rpc !== 'tools/list' || token !== undefined || !headers.origin) return undefined;
    const metadata = `${origin}/.well-known/oauth-protected-resource/mcp`;
    return {
      status: 401,
      headers: { 'www-authenticate': `Bearer scope="mcp:use", resource_metadata="${metadata}"` },
    };
  };
  const { diagnosis } = await look({ answer: hidden });
  expect(complaints(diagnosis)).toEqual(['endpoint-late', 'cors-expose']);
});

it('metadata of a login that nobody is asked for is noticed', async () => {
  const { diagnosis, finding } = await look({ open: [...handshake, 'tools/list', 'tools/call'] });
  expect(complaints(diagnosis)).toEqual(['metadata-idle']);
  expect(finding('endpoint-open')).toBeDefined();
});

it('no tool that exists is called', async () => {
  const called: string[] = [];
  await look({
    answer: ({ rpc, headers }) => {
      if (rpc === 'tools/call') called.push(String(headers['mcp-name']));
      return undefined;
    },
    open: [...handshake, 'tools/list', 'tools/call'],
  });
  expect(new Set(called)).toEqual(new Set(['undefined', 'create-mcp-server-doctor']));
});
