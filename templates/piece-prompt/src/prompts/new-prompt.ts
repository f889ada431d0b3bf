import { z } from 'zod';
import { definePrompt } from './prompt.js';

export const newPrompt = definePrompt({
  name: 'new_prompt',
  title: 'New prompt',
  description: 'Asks for a greeting.',
  argsSchema: z.object({
    name: z.string().min(1).describe('Whom to greet'),
  }),

  render({ name }) {
    const text = `Write a greeting for ${name}.`;
    return { messages: [{ role: 'user', content: { type: 'text', text } }] };
  },
});
