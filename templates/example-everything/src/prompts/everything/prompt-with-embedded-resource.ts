import { z } from 'zod';
import { definePrompt } from '../prompt.js';

/** A resource within a message: the client need not fetch it. */
export const promptWithEmbeddedResource = definePrompt({
  name: 'test_prompt_with_embedded_resource',
  title: 'A prompt with a resource',
  description: 'Asks the model to sum up a resource.',
  argsSchema: z.object({ resourceUri: z.url().describe('The URI of the resource') }),

  render({ resourceUri }) {
    const text = 'What would be read at this URI, in a server with more to say.';
    return {
      messages: [
        {
          role: 'user',
          content: {
            type: 'resource',
            resource: { uri: resourceUri, mimeType: 'text/plain', text },
          },
        },
        { role: 'user', content: { type: 'text', text: 'Sum up the resource above.' } },
      ],
    };
  },
});
