import { z } from 'zod';
import { redSquare } from '../../media.js';
import { defineTool } from '../tool.js';

/** A picture as the result: base64, with its type. */
export const imageContent = defineTool({
  name: 'test_image_content',
  title: 'A picture',
  description: 'Returns a picture of a red square.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run() {
    return { content: [{ type: 'image', data: redSquare, mimeType: 'image/png' }] };
  },
});
