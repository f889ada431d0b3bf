import { z } from 'zod';
import { redSquare } from '../../media.js';
import { defineTool } from '../tool.js';

/** A result of several parts: the model sees them in this order. */
export const multipleContentTypes = defineTool({
  name: 'test_multiple_content_types',
  title: 'Several things at once',
  description: 'Returns a text, a picture, and data about the picture.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run() {
    const data = JSON.stringify({ width: 16, height: 16, color: 'red' });
    return {
      content: [
        { type: 'text', text: 'A picture, and what is known of it:' },
        { type: 'image', data: redSquare, mimeType: 'image/png' },
        {
          type: 'resource',
          resource: { uri: 'test://picture-data', mimeType: 'application/json', text: data },
        },
      ],
    };
  },
});
