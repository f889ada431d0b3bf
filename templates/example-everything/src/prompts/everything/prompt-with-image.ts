import { z } from 'zod';
import { redSquare } from '../../media.js';
import { definePrompt } from '../prompt.js';

/** A picture within a message. */
export const promptWithImage = definePrompt({
  name: 'test_prompt_with_image',
  title: 'A prompt with a picture',
  description: 'Asks the model what is to be seen in a picture.',
  argsSchema: z.object({}),

  render() {
    return {
      messages: [
        { role: 'user', content: { type: 'image', data: redSquare, mimeType: 'image/png' } },
        {
          role: 'user',
          content: { type: 'text', text: 'What is to be seen in the picture above?' },
        },
      ],
    };
  },
});
