import {
  CLIENT_CAPABILITIES_META_KEY,
  type ClientCapabilities,
  inputRequired,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { describeAnswer, sampledText } from '../../answers.js';
import { defineTool } from '../tool.js';

const form = z.object({ name: z.string() });

/**
 * Asks only for what the client can do: the person where there is one to ask, else the model. A
 * request of 2026-07-28 says what its client can do; for others the SDK refuses what they cannot.
 */
export const askWithinCapabilities = defineTool({
  name: 'test_input_required_result_capabilities',
  title: 'Ask whom the client has',
  description: 'Gets a name from the person or from the model, whatever the client has.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true },

  run(_input, context) {
    const answer = describeAnswer(context, 'name') ?? sampledText(context, 'name');
    if (answer !== undefined) {
      return { content: [{ type: 'text', text: `The answer: ${answer}` }] };
    }
    const envelope = (context.mcpReq.envelope ?? {}) as Record<string, ClientCapabilities>;
    const { elicitation } = envelope[CLIENT_CAPABILITIES_META_KEY] ?? {};
    const messages = [
      { role: 'user' as const, content: { type: 'text' as const, text: 'Invent a name' } },
    ];
    const name = elicitation
      ? inputRequired.elicit({ message: 'What is your name?', requestedSchema: form })
      : inputRequired.createMessage({ messages, maxTokens: 20 });
    return inputRequired({ inputRequests: { name } });
  },
});
