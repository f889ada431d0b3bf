import type { Client } from '@modelcontextprotocol/client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redSquare } from '../../src/media.js';
import { connectInMemory } from '../support/client.js';

let client: Client;
beforeAll(async () => {
  client = await connectInMemory();
});
afterAll(() => client.close());

const call = (name: string, input = {}) => client.callTool({ name, arguments: input });
const text = expect.any(String);

describe('tools', () => {
  const resource = { type: 'resource', resource: { uri: text, mimeType: text, text } };
  const image = { type: 'image', data: redSquare, mimeType: 'image/png' };

  it.each([
    ['test_simple_text', [{ type: 'text', text }]],
    ['test_image_content', [image]],
    ['test_audio_content', [{ type: 'audio', data: text, mimeType: 'audio/wav' }]],
    ['test_embedded_resource', [resource]],
    ['test_multiple_content_types', [{ type: 'text', text }, image, resource]],
  ])('%s', async (name, content) => {
    const result = await call(name);
    expect(result.content).toEqual(content);
    expect(result.isError).toBeFalsy();
  });

  it('return a sound that is as long as its header says', async () => {
    const [sound] = (await call('test_audio_content')).content as { data: string }[];
    const bytes = Buffer.from(sound?.data ?? '', 'base64');
    expect(bytes.toString('latin1', 0, 4)).toBe('RIFF');
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect(bytes.readUInt32LE(40)).toBe(bytes.length - 44);
  });

  it('tell the model of a failure', async () => {
    expect(await call('test_error_handling')).toMatchObject({ isError: true });
  });

  it('check arguments that depend on each other', async () => {
    const name = 'json_schema_2020_12_tool';
    const good = await call(name, { name: 'Ada', contactMethod: 'phone', phone: '1815' });
    expect(good.content).toEqual([{ type: 'text', text: 'Ada can be reached at 1815.' }]);
    expect((await call(name, { contactMethod: 'phone', email: 'a@b.example' })).isError).toBe(true);
    expect((await call(name, { email: 'a@b.example', fax: '1' })).isError).toBe(true);
    const { tools } = await client.listTools();
    expect(tools.find((tool) => tool.name === name)?.inputSchema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $defs: { address: { $anchor: 'addressDef' } },
      allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
      else: { required: ['email'] },
      additionalProperties: false,
    });
  });
});

describe('resources', () => {
  const read = async (uri: string) => (await client.readResource({ uri })).contents[0];

  it('are texts and bytes', async () => {
    expect(await read('test://static-text')).toMatchObject({ mimeType: 'text/plain', text });
    expect(await read('test://static-binary')).toMatchObject({ blob: redSquare });
  });

  it('may be as many as a template has ids', async () => {
    const uri = 'test://template/123/data';
    const record = (await read(uri)) as { uri: string; text: string };
    expect(record.uri).toBe(uri);
    expect(JSON.parse(record.text)).toMatchObject({ id: '123' });
    await expect(read('test://template/x/data')).rejects.toThrow('Resource not found');
    const { resourceTemplates } = await client.listResourceTemplates();
    const [{ uriTemplate = '' } = {}] = resourceTemplates;
    const { completion } = await client.complete({
      ref: { type: 'ref/resource', uri: uriTemplate },
      argument: { name: 'id', value: '12' },
    });
    expect(completion.values).toEqual(['12', '123']);
  });
});

describe('prompts', () => {
  const render = async (name: string, input = {}) =>
    (await client.getPrompt({ name, arguments: input })).messages.map(({ content }) => content);

  it('are texts, with what their arguments say', async () => {
    expect(await render('test_simple_prompt')).toEqual([{ type: 'text', text }]);
    const name = 'test_prompt_with_arguments';
    expect(await render(name, { arg1: 'tea', arg2: 'ships' })).toEqual([
      { type: 'text', text: 'Explain tea in terms of ships.' },
    ]);
    await expect(render(name, { arg1: 'tea' })).rejects.toThrow('Invalid arguments');
  });

  it('suggest values for arguments', async () => {
    const { completion } = await client.complete({
      ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' },
      argument: { name: 'arg1', value: 'te' },
    });
    expect(completion.values).toEqual(['tea', 'testing']);
  });

  it('hold pictures and resources', async () => {
    const [image] = await render('test_prompt_with_image');
    expect(image).toMatchObject({ type: 'image', data: redSquare });
    const [resource] = await render('test_prompt_with_embedded_resource', {
      resourceUri: 'test://static-text',
    });
    expect(resource).toMatchObject({ resource: { uri: 'test://static-text' } });
  });
});
