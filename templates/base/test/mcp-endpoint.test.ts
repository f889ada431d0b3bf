import { describe, expect, it, vi } from 'vitest';
import { createMcpEndpoint } from '../src/mcp-endpoint.js';
import { connectOverHttp, eras } from './support/client.js';

vi.mock('../src/tools/index.js', async (original) => {
  const { tools } = await original<typeof import('../src/tools/index.js')>();
  const { breaking, counting } = await import('./support/tools.js');
  return { tools: [...tools, counting, breaking] };
});

const mcp = createMcpEndpoint();
const post = (body: string, headers: Record<string, string> = {}) =>
  mcp(
    new Request('http://localhost:3000/mcp', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...headers,
      },
      body,
    }),
  );
const call = (name: string) =>
  JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name, arguments: {} } });

describe.each(eras)('a client of era %j', (era) => {
  it('lists and calls tools', async () => {
    const client = await connectOverHttp(mcp, { era });
    const names = (await client.listTools()).tools.map(({ name }) => name);
    expect(names).toContain('convert_temperature');
    const result = await client.callTool({
      name: 'convert_temperature',
      arguments: { value: 0, from: 'celsius', to: 'kelvin' },
    });
    expect(result.structuredContent).toEqual({ value: 273.15, scale: 'kelvin' });
    await client.close();
  });

  it('hears of progress while a tool works', async () => {
    const client = await connectOverHttp(mcp, { era });
    const seen: number[] = [];
    await client.callTool(
      { name: 'count', arguments: {} },
      { onprogress: ({ progress }) => void seen.push(progress) },
    );
    expect(seen).toEqual([1, 2, 3]);
    await client.close();
  });

  it('does not learn why a tool broke', async () => {
    const client = await connectOverHttp(mcp, { era });
    const result = await client.callTool({ name: 'break', arguments: {} });
    expect(result.isError).toBe(true);
    expect(JSON.stringify(result)).not.toContain('hunter2');
    await client.close();
  });
});

it('answers 2025-era calls with plain JSON', async () => {
  const response = await post(call('count'));
  expect(response.headers.get('content-type')).toContain('application/json');
  expect(await response.json()).toMatchObject({ id: 1, result: { content: [{ text: 'three' }] } });
});

describe('what is not a request', () => {
  it('is refused with the status that says why', async () => {
    expect((await post('{')).status).toBe(400);
    expect((await post('{}', { 'content-type': 'text/plain' })).status).toBe(415);
    const get = await mcp(new Request('http://localhost:3000/mcp'));
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST']);
  });

  it.each(['null', '[]', '"text"', '1', '{"jsonrpc":"1.0"}'])('%s is a 400', async (body) => {
    expect((await post(body)).status).toBe(400);
  });

  it('may not be nested without end', async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    const envelope = `{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"experimental":${deep}}}`;
    const body = `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":${envelope}}}`;
    const headers = { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' };
    expect((await post(body, headers)).status).toBe(400);
  });

  it('is not read beyond 4 MiB, with or without a declared length', async () => {
    const large = 'x'.repeat(5 * 1024 ** 2);
    expect((await post(large, { 'content-length': String(large.length) })).status).toBe(413);
    const stream = new Blob([large]).stream();
    const request = new Request('http://localhost:3000/mcp', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: stream,
      duplex: 'half',
    } as RequestInit);
    expect((await mcp(request)).status).toBe(413);
  });
});
