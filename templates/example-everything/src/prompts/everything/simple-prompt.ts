import { z } from 'zod';
import { definePrompt } from '../prompt.js';

/** A text for the model, the same for everybody. */
export const simplePrompt = definePrompt({
  name: 'test_simple_prompt',
  title: 'A simple prompt',
  description: 'Asks the model to introduce this server.',
  argsSchema: z.object({}),

  render() {
    const text = 'Say in two sentences what the tools of this server are good for.';
    return { messages: [{ role: 'user', content: { type: 'text', text } }] };
  },
});
