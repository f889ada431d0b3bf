import { z } from 'zod';
import { requireScope } from '../auth/require-scope.js';
import { defineTool } from './tool.js';

/** A tool that not every client may use: one without the scope is sent to ask the person for it. */
export const serverStatus = defineTool({
  name: 'server_status',
  title: 'Server status',
  description: 'Tells how long this server has been running and how much memory it uses.',
  inputSchema: z.object({}),
  outputSchema: z.object({
    uptimeSeconds: z.number().int(),
    residentMegabytes: z.number().int(),
  }),
  annotations: { readOnlyHint: true, openWorldHint: false },
  scopeChallenge: requireScope('mcp:admin'),

  run() {
    const status = {
      uptimeSeconds: Math.round(process.uptime()),
      residentMegabytes: Math.round(process.memoryUsage.rss() / 1024 ** 2),
    };
    const text = `Up for ${status.uptimeSeconds} s, ${status.residentMegabytes} MB resident`;
    return { content: [{ type: 'text', text }], structuredContent: status };
  },
});
