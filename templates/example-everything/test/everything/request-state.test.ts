import type { AuthInfo, ServerContext } from '@modelcontextprotocol/server';
import { afterEach, expect, it, vi } from 'vitest';
import { createMcpEndpoint } from '../../src/mcp-endpoint.js';
import { requestState as codec } from '../../src/request-state.js';

const mcp = createMcpEndpoint();
const ada: AuthInfo = {
  token: 'a',
  clientId: 'app',
  scopes: [],
  extra: { claims: { sub: 'ada' } },
};
const eve: AuthInfo = {
  token: 'b',
  clientId: 'app',
  scopes: [],
  extra: { claims: { sub: 'eve' } },
};
const confirmed = { confirm: { action: 'accept', content: { ok: true } } };
const tool = 'test_input_required_result_tampered_state';

afterEach(() => {
  vi.useRealTimers();
});

interface Answer {
  result?: { resultType?: string; requestState?: string; content?: { text: string }[] };
  error?: { code: number; message: string };
}

/** Calls a tool as a client of 2026-07-28 does, which may send any state it likes. */
async function call(name: string, answers: object = {}, authInfo = ada): Promise<Answer> {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': 'tools/call',
    'mcp-name': name,
  };
  const _meta = {
    'io.modelcontextprotocol/protocolVersion': '2026-07-28',
    'io.modelcontextprotocol/clientCapabilities': { elicitation: {} },
  };
  const params = { name, arguments: {}, _meta, ...answers };
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  const url = 'http://localhost:3000/mcp';
  const response = await mcp(new Request(url, { method: 'POST', headers, body }), authInfo);
  return (await response.json()) as Answer;
}

async function stateOf(name: string): Promise<string> {
  const { result } = await call(name);
  expect(result?.resultType).toBe('input_required');
  return result?.requestState ?? '';
}

const refused = { error: { code: -32602, message: 'Invalid or expired requestState' } };

it('comes back with the answer', async () => {
  const requestState = await stateOf(tool);
  const { result } = await call(tool, { inputResponses: confirmed, requestState });
  expect(result?.content?.[0]?.text).toBe('An amount of 5 is confirmed.');
});

it('is refused when somebody has changed it', async () => {
  const [version, body = '', mac] = (await stateOf(tool)).split('.');
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString());
  payload.p.amount = 5000;
  const forged = Buffer.from(JSON.stringify(payload)).toString('base64url');
  const requestState = [version, forged, mac].join('.');
  expect(await call(tool, { inputResponses: confirmed, requestState })).toMatchObject(refused);
});

it('is refused when it is somebody else’s', async () => {
  const requestState = await stateOf(tool);
  expect(await call(tool, { inputResponses: confirmed, requestState }, eve)).toMatchObject(refused);
});

it('is refused when it is old', async () => {
  const requestState = await stateOf(tool);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * 60_000 });
  expect(await call(tool, { inputResponses: confirmed, requestState })).toMatchObject(refused);
});

it('is not taken for that of another tool', async () => {
  const context = { http: { authInfo: ada } } as ServerContext;
  const order = { tool: 'another-tool', amount: 5000 };
  const requestState = await codec.mint(order, context);
  const { result } = await call(tool, { inputResponses: confirmed, requestState });
  expect(result?.resultType).toBe('input_required');
});
