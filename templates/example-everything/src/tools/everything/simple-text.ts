import { z } from 'zod';
import { defineTool } from '../tool.js';

/** The least that a tool can be: no arguments, and a text for the model. */
export const simpleText = defineTool({
  name: 'test_simple_text',
  title: 'A text',
  description: 'Returns a text.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run() {
    return { content: [{ type: 'text', text: 'This is what the model gets to read.' }] };
  },
});
