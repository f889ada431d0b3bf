import { acceptedContent, inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { isRefused } from '../../answers.js';
import { defineTool } from '../tool.js';

const form = z.object({ name: z.string().min(1) });

/**
 * Uses what a person has answered. `acceptedContent` gives it back only if it fits the schema: after
 * an answer that does not, the tool asks again.
 */
export const askName = defineTool({
  name: 'test_input_required_result_elicitation',
  title: 'Greet the person',
  description: 'Asks the person for a name, and greets them.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run(_input, context) {
    if (isRefused(context, 'user_name')) {
      return { content: [{ type: 'text', text: 'Hello, whoever you are!' }] };
    }
    const answer = acceptedContent(context.mcpReq.inputResponses, 'user_name', form);
    if (answer === undefined) {
      const message = 'What is your name?';
      const question = inputRequired.elicit({ message, requestedSchema: form });
      return inputRequired({ inputRequests: { user_name: question } });
    }
    return { content: [{ type: 'text', text: `Hello, ${answer.name}!` }] };
  },
});
