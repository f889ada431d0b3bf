import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectInMemory } from '../support/client.js';

let client: Client;
beforeAll(async () => {
  client = await connectInMemory();
});
afterAll(() => client.close());

const call = (input: Record<string, unknown>) =>
  client.callTool({ name: 'new_tool', arguments: input });

it('greets', async () => {
  const result = await call({ name: 'Ada' });
  expect(result.structuredContent).toEqual({ greeting: 'Hello Ada' });
  expect(result.isError).toBeFalsy();
});

it('refuses arguments that do not fit its schema', async () => {
  expect((await call({ name: '' })).isError).toBe(true);
});
