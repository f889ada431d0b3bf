import { describe, expect, it } from 'vitest';
import { createMcpEndpoint } from '../../src/mcp-endpoint.js';
import { connectAnswering } from '../support/answering-client.js';
import { eras } from '../support/client.js';

const mcp = createMcpEndpoint();
const accept = (content: Record<string, string | boolean>) =>
  ({ action: 'accept', content }) as const;

describe.each(eras)('a client of era %j', (era) => {
  it('passes questions on to the person', async () => {
    const person = (message: string) => accept({ username: message, email: 'ada@example.com' });
    await using ada = await connectAnswering(mcp, { era, person });
    const text = await ada.call('test_elicitation', { message: 'Who are you?' });
    expect(text).toContain('action=accept, content={"username":"Who are you?"');
    expect(ada.asked).toEqual([
      expect.objectContaining({
        requestedSchema: expect.objectContaining({ required: ['username', 'email'] }),
      }),
    ]);
  });

  it('gets forms with defaults and choices', async () => {
    await using ada = await connectAnswering(mcp, { era });
    expect(await ada.call('test_elicitation_sep1034_defaults')).toContain('action=cancel');
    expect(await ada.call('test_elicitation_sep1330_enums')).toContain('action=cancel');
    const [defaults, choices] = ada.asked.map(
      (asked) => (asked as { requestedSchema: { properties: object } }).requestedSchema.properties,
    );
    expect(defaults).toMatchObject({
      name: { default: 'John Doe' },
      age: { type: 'integer', default: 30 },
      verified: { type: 'boolean', default: true },
    });
    expect(choices).toMatchObject({
      titledSingle: { oneOf: [{ const: 'value1', title: 'First option' }, {}, {}] },
      titledMulti: { type: 'array', items: { anyOf: [{ const: 'value1' }, {}, {}] } },
    });
  });

  it('is asked again until the answer fits', async () => {
    let times = 0;
    const person = () => accept({ name: times++ === 0 ? '' : 'Ada' });
    await using ada = await connectAnswering(mcp, { era, person });
    expect(await ada.call('test_input_required_result_elicitation')).toBe('Hello, Ada!');
    expect(times).toBe(2);
  });

  it('may decline', async () => {
    const person = () => ({ action: 'decline' }) as const;
    await using ada = await connectAnswering(mcp, { era, person });
    expect(await ada.call('test_input_required_result_elicitation')).toContain('whoever you are');
    expect(await ada.call('test_input_required_result_request_state')).toContain('a secret');
    expect(await ada.call('test_input_required_result_tampered_state')).toContain('Nothing');
    expect(await ada.call('test_input_required_result_multi_round')).toBe('Then not.');
    expect(await ada.call('test_input_required_result_multiple_inputs')).toBe('Then not.');
    const name = 'test_input_required_result_prompt';
    await expect(ada.client.getPrompt({ name })).rejects.toThrow('was not answered');
  });

  it('passes questions on to its model', async () => {
    await using ada = await connectAnswering(mcp, { era });
    expect(await ada.call('test_sampling', { prompt: 'tea' })).toBe('The model says: about tea');
    expect(await ada.call('test_input_required_result_sampling')).toContain('capital of France?');
    expect(await ada.call('test_missing_capability')).toBe('about Write a haiku');
  });

  it('tells its roots', async () => {
    await using ada = await connectAnswering(mcp, { era });
    expect(await ada.call('test_input_required_result_list_roots')).toBe('home: file:///home/ada');
  });

  it('answers several questions at once', async () => {
    await using ada = await connectAnswering(mcp, { era, person: () => accept({ name: 'Ada' }) });
    expect(await ada.call('test_input_required_result_multiple_inputs')).toMatch(
      /^about Write a greeting Ada has 1 roots, and was asked at \d{4}-/,
    );
  });

  it('answers one question after another', async () => {
    const person = (message: string) =>
      message.includes('color') ? accept({ color: 'blue' }) : accept({ name: 'Ada' });
    await using ada = await connectAnswering(mcp, { era, person });
    expect(await ada.call('test_input_required_result_multi_round')).toBe('Ada likes blue.');
    expect(ada.asked).toHaveLength(2);
  });

  it('is asked by prompts, too', async () => {
    const person = () => accept({ context: 'an engine' });
    await using ada = await connectAnswering(mcp, { era, person });
    const { messages } = await ada.client.getPrompt({ name: 'test_input_required_result_prompt' });
    expect(messages[0]?.content).toMatchObject({ text: expect.stringContaining('an engine') });
  });

  it('is asked after it was told of progress', async () => {
    await using ada = await connectAnswering(mcp, { era, person: () => accept({ ok: true }) });
    const seen: object[] = [];
    const result = await ada.client.callTool(
      { name: 'test_streaming_elicitation', arguments: {} },
      { onprogress: (progress) => void seen.push(progress) },
    );
    expect(JSON.stringify(result.content)).toContain('action=accept');
    expect(seen).toContainEqual({ progress: 1, total: 2 });
  });

  it('that has nobody to ask is told so', async () => {
    await using robot = await connectAnswering(mcp, { era, capable: false });
    const called = robot.call('test_missing_capability');
    if (era === 'legacy') expect(await called).toMatch(/did not declare the required capability/);
    else await expect(called).rejects.toThrow('do not declare the required capability');
  });
});

it('whom a client has is known before it is asked', async () => {
  await using ada = await connectAnswering(mcp, {
    era: eras[1],
    person: () => accept({ name: 'Ada' }),
  });
  const name = 'test_input_required_result_capabilities';
  expect(await ada.call(name)).toContain('{"name":"Ada"}');
  const response = await mcp(
    new Request('http://localhost:3000/mcp', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        'mcp-protocol-version': '2026-07-28',
        'mcp-method': 'tools/call',
        'mcp-name': name,
      },
      body: JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'tools/call',
        params: {
          name,
          arguments: {},
          _meta: {
            'io.modelcontextprotocol/protocolVersion': '2026-07-28',
            'io.modelcontextprotocol/clientCapabilities': { sampling: {} },
          },
        },
      }),
    }),
  );
  expect(await response.json()).toMatchObject({
    result: { inputRequests: { name: { method: 'sampling/createMessage' } } },
  });
});
