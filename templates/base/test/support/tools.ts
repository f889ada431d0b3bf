// Two tools that tests add to the server's own.
import { z } from 'zod';
import { defineTool } from '../../src/tools/tool.js';

/** Reports its progress, to callers that want it. */
export const counting = defineTool({
  name: 'count',
  title: 'Count',
  description: 'Counts to three and reports each step.',
  inputSchema: z.object({}),
  async run(_input, { mcpReq }) {
    const progressToken = mcpReq._meta?.progressToken;
    if (progressToken !== undefined) {
      for (const progress of [1, 2, 3]) {
        const params = { progressToken, progress, total: 3 };
        await mcpReq.notify({ method: 'notifications/progress', params });
      }
    }
    return { content: [{ type: 'text', text: 'three' }] };
  },
});

/** Fails with a message that nobody outside may see. */
export const breaking = defineTool({
  name: 'break',
  title: 'Break',
  description: 'Fails.',
  inputSchema: z.object({}),
  run() {
    throw new Error('the password is hunter2');
  },
});
