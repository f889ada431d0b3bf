import { describe, expect, it } from 'vitest';
import { createApp } from '../src/app.js';
import { loadConfig } from '../src/config.js';
import { connectOverHttp, eras } from './support/client.js';

const app = await createApp(loadConfig({ PUBLIC_URL: 'https://mcp.example.com' }));

describe.each(eras)('a client of era %j', (era) => {
  it('calls a tool', async () => {
    const url = 'https://mcp.example.com/mcp';
    const client = await connectOverHttp(app, { url, era });
    const result = await client.callTool({
      name: 'convert_temperature',
      arguments: { value: 37, from: 'celsius', to: 'fahrenheit' },
    });
    expect(result.structuredContent).toEqual({ value: 98.6, scale: 'fahrenheit' });
    await client.close();
  });
});

it('answers at /mcp/ as well, without a redirect', async () => {
  const response = await app(new Request('https://mcp.example.com/mcp/'));
  expect(response.status).toBe(405);
});

it('says that it is up to whoever asks', async () => {
  const response = await app(new Request('http://10.0.0.7:3000/health'));
  expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }]);
});

it('answers an unknown path with JSON', async () => {
  const response = await app(new Request('https://mcp.example.com/.well-known/anything'));
  expect([response.status, await response.json()]).toMatchObject([404, { error: 'not_found' }]);
});
