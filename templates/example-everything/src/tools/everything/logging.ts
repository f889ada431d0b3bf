import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { defineTool } from '../tool.js';

/**
 * Messages to the client's log while a tool works: `streams` because they come before the result.
 * They are for the person at the client; what is for you belongs into `log.ts`. The 2026 protocol
 * deprecates them: there a client gets none unless its request sets a level.
 */
export const logging = defineTool({
  name: 'test_tool_with_logging',
  title: 'Messages for the log',
  description: 'Works for a tenth of a second, and tells the log of its client about it.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },
  streams: true,

  async run(_input, { mcpReq }) {
    await mcpReq.log('info', 'The work begins');
    await wait(50, undefined, { signal: mcpReq.signal });
    await mcpReq.log('info', 'The work is half done');
    await wait(50, undefined, { signal: mcpReq.signal });
    await mcpReq.log('info', 'The work is done');
    return { content: [{ type: 'text', text: 'The work is done.' }] };
  },
});
