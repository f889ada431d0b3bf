import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { defineTool } from '../tool.js';

/** Progress, for callers that asked to hear of it. The work stops when the caller gives up. */
export const progress = defineTool({
  name: 'test_tool_with_progress',
  title: 'Slow work',
  description: 'Works for a tenth of a second, and says how far it is.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  async run(_input, { mcpReq }) {
    const progressToken = mcpReq._meta?.progressToken;
    for (const percent of [0, 50, 100]) {
      if (progressToken !== undefined) {
        const params = { progressToken, progress: percent, total: 100 };
        await mcpReq.notify({ method: 'notifications/progress', params });
      }
      if (percent < 100) await wait(50, undefined, { signal: mcpReq.signal });
    }
    return { content: [{ type: 'text', text: 'The work is done.' }] };
  },
});
