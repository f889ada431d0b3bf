import { z } from 'zod';
import { defineTool } from '../tool.js';

/** A message of every importance: the client's level decides which of them it gets. */
export const logLevels = defineTool({
  name: 'test_logging_tool',
  title: 'Levels of the log',
  description: 'Tells the log of its client something at every level.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },
  streams: true,

  async run(_input, { mcpReq }) {
    for (const level of ['debug', 'info', 'warning', 'error'] as const) {
      await mcpReq.log(level, `This is a message of the level ${level}`, 'example');
    }
    return { content: [{ type: 'text', text: 'Four messages were offered to the log.' }] };
  },
});
