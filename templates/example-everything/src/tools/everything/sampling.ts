import { inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { sampledText } from '../../answers.js';
import { defineTool } from '../tool.js';

/** Has the client's model write something. The first call asks, the second one has the answer. */
export const sampling = defineTool({
  name: 'test_sampling',
  title: 'Ask the model',
  description: 'Passes a prompt to the model of the client, and returns what it says.',
  inputSchema: z.object({ prompt: z.string().describe('What to ask the model') }),
  annotations: { readOnlyHint: true },

  run({ prompt }, context) {
    const text = sampledText(context, 'response');
    if (text === undefined) {
      const response = inputRequired.createMessage({
        messages: [{ role: 'user', content: { type: 'text', text: prompt } }],
        maxTokens: 100,
      });
      return inputRequired({ inputRequests: { response } });
    }
    return { content: [{ type: 'text', text: `The model says: ${text}` }] };
  },
});
