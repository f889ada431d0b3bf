import { z } from 'zod';
import { defineTool } from './tool.js';

/**
 * For everybody who is logged in. With `scopeChallenge: requireScope('…')`, as in server-status.ts,
 * it asks for a scope of its own.
 */
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
