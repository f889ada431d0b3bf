import { completable } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { definePrompt } from '../prompt.js';

const suggestions = ['tea', 'testing', 'type theory'];

/** Arguments are filled in by a person; `completable` suggests values while they type. */
export const promptWithArguments = definePrompt({
  name: 'test_prompt_with_arguments',
  title: 'A prompt with arguments',
  description: 'Asks the model to explain one thing in terms of another.',
  argsSchema: z.object({
    arg1: completable(z.string().describe('What is to be explained'), (typed) =>
      suggestions.filter((suggestion) => suggestion.startsWith(typed)),
    ),
    arg2: z.string().describe('In terms of what'),
  }),

  render({ arg1, arg2 }) {
    const text = `Explain ${arg1} in terms of ${arg2}.`;
    return { messages: [{ role: 'user', content: { type: 'text', text } }] };
  },
});
