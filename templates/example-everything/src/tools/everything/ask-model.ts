import { inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { sampledText } from '../../answers.js';
import { defineTool } from '../tool.js';

/** Uses what the client's model says, without having been told what to ask. */
export const askModel = defineTool({
  name: 'test_input_required_result_sampling',
  title: 'Ask for a capital',
  description: 'Asks the model of the client for the capital of France.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true },

  run(_input, context) {
    const text = sampledText(context, 'capital_question');
    if (text === undefined) {
      const question = inputRequired.createMessage({
        messages: [
          { role: 'user', content: { type: 'text', text: 'What is the capital of France?' } },
        ],
        maxTokens: 100,
      });
      return inputRequired({ inputRequests: { capital_question: question } });
    }
    return { content: [{ type: 'text', text: `The model says: ${text}` }] };
  },
});
