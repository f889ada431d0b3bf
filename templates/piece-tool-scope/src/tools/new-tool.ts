import { z } from 'zod';
import { requireScope } from '../auth/require-scope.js';
import { defineTool } from './tool.js';

/** Not every client may use it: one without the scope is sent to ask the person for it. */
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
  scopeChallenge: requireScope('new:scope'),

  run({ name }) {
    const greeting = `Hello ${name}`;
    return { content: [{ type: 'text', text: greeting }], structuredContent: { greeting } };
  },
});
