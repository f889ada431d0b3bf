import { z } from 'zod';
import { defineTool } from '../tool.js';

/**
 * A failure that the model is told of, so that it can do something about it. What is thrown
 * instead is a mistake of the server: the log has it, and the model learns only that there was one.
 */
export const errorHandling = defineTool({
  name: 'test_error_handling',
  title: 'A failure',
  description: 'Fails, every time.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run() {
    const text = 'This tool fails every time; use another one.';
    return { isError: true, content: [{ type: 'text', text }] };
  },
});
