import { inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { describeAnswer } from '../../answers.js';
import { defineTool } from '../tool.js';

const form = z.object({
  name: z.string().default('John Doe'),
  age: z.int().min(0).max(150).default(30),
  score: z.number().default(95.5),
  status: z.enum(['active', 'inactive', 'pending']).default('active'),
  verified: z.boolean().default(true),
});

/** A form that is filled in already: the person only changes what is wrong. */
export const elicitationDefaults = defineTool({
  name: 'test_elicitation_sep1034_defaults',
  title: 'Ask with defaults',
  description: 'Asks the person to look over a form that is filled in.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run(_input, context) {
    const answer = describeAnswer(context, 'profile');
    if (answer === undefined) {
      const message = 'Is this right?';
      const profile = inputRequired.elicit({ message, requestedSchema: form });
      return inputRequired({ inputRequests: { profile } });
    }
    return { content: [{ type: 'text', text: `The answer: ${answer}` }] };
  },
});
