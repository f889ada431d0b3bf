import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectInMemory } from './support/client.js';

let client: Client;
beforeAll(async () => {
  client = await connectInMemory();
});
afterAll(() => client.close());

describe('convert_temperature', () => {
  it('converts', async () => {
    const result = await client.callTool({
      name: 'convert_temperature',
      arguments: { value: 100, from: 'celsius', to: 'fahrenheit' },
    });
    expect(result.structuredContent).toEqual({ value: 212, scale: 'fahrenheit' });
    expect(result.isError).toBeFalsy();
  });

  it('tells the model what is wrong with an impossible temperature', async () => {
    const result = await client.callTool({
      name: 'convert_temperature',
      arguments: { value: -1, from: 'kelvin', to: 'celsius' },
    });
    expect(result.isError).toBe(true);
    expect(result.content).toEqual([
      expect.objectContaining({ text: expect.stringContaining('below absolute zero') }),
    ]);
  });

  it('refuses arguments that do not fit its schema', async () => {
    const result = await client.callTool({
      name: 'convert_temperature',
      arguments: { value: 'hot', from: 'celsius', to: 'kelvin' },
    });
    expect(result.isError).toBe(true);
  });
});

describe('the lists', () => {
  it('describe every tool with its schemas', async () => {
    const { tools } = await client.listTools();
    const tool = tools.find(({ name }) => name === 'convert_temperature');
    expect(tool?.inputSchema).toMatchObject({ type: 'object', required: ['value', 'from', 'to'] });
    expect(tool?.outputSchema).toMatchObject({ type: 'object', required: ['value', 'scale'] });
  });

  it('describe every prompt with its arguments', async () => {
    const { prompts } = await client.listPrompts();
    const prompt = prompts.find(({ name }) => name === 'explain_temperature');
    expect(prompt?.arguments).toEqual([
      { name: 'value', description: 'The temperature, a number', required: true },
      { name: 'scale', description: 'celsius, fahrenheit or kelvin', required: true },
    ]);
  });
});

it('reads the reference points', async () => {
  const uri = 'temperature://reference-points';
  const { resources } = await client.listResources();
  expect(resources.map((resource) => resource.uri)).toContain(uri);
  const { contents } = await client.readResource({ uri });
  expect(JSON.parse((contents[0] as { text: string }).text)).toHaveProperty('water freezes', 0);
});

it('renders the prompt and completes its argument', async () => {
  const name = 'explain_temperature';
  const { messages } = await client.getPrompt({
    name,
    arguments: { value: '37', scale: 'celsius' },
  });
  expect(messages[0]?.content).toMatchObject({ text: expect.stringContaining('37 celsius') });
  const { completion } = await client.complete({
    ref: { type: 'ref/prompt', name },
    argument: { name: 'scale', value: 'k' },
  });
  expect(completion.values).toEqual(['kelvin']);
});
