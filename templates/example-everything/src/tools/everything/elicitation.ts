import { inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { describeAnswer } from '../../answers.js';
import { defineTool } from '../tool.js';

/** A form of flat fields. Never for passwords or the like: the client sees what is typed. */
const form = z.object({
  username: z.string().describe('What to call you'),
  email: z.email().describe('Where to reach you'),
});

/**
 * Asks the person at the client. One `run` serves both protocols: a 2026 client calls again with the
 * answer, and for a client of 2025 the SDK asks and then calls `run` again itself.
 */
export const elicitation = defineTool({
  name: 'test_elicitation',
  title: 'Ask the person',
  description: 'Asks the person who uses the client for a name and an address.',
  inputSchema: z.object({ message: z.string().describe('What to say above the form') }),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run({ message }, context) {
    const answer = describeAnswer(context, 'user');
    if (answer === undefined) {
      const user = inputRequired.elicit({ message, requestedSchema: form });
      return inputRequired({ inputRequests: { user } });
    }
    return { content: [{ type: 'text', text: `The answer: ${answer}` }] };
  },
});
