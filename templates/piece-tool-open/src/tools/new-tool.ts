import { z } from 'zod';
import { defineTool } from './tool.js';

export const newTool = defineTool({
  name: 'new_tool',
  title: 'New tool',
  description: 'Greets somebody.',
  inputSchema: z.object({
    name: z.string().min(1).describe('Whom to greet'),
  }),
  outputSchema: z.object({
    greeting: z.string(),
  }),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run({ name }) {
    const greeting = `Hello ${name}`;
    return { content: [{ type: 'text', text: greeting }], structuredContent: { greeting } };
  },
});
