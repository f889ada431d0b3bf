import { z } from 'zod';
import { requireScope } from '../auth/require-scope.js';
import { version } from '../identity.js';
import { defineTool } from './tool.js';

/** A tool that not every client may use: one without the scope is sent to ask the person for it. */
export const serverStatus = defineTool({
  name: 'server_status',
  title: 'Server status',
  description: 'Tells which version of this server is running, and on which Node.',
  inputSchema: z.object({}),
  outputSchema: z.object({ version: z.string(), node: z.string() }),
  annotations: { readOnlyHint: true, openWorldHint: false },
  scopeChallenge: requireScope('mcp:admin'),

  run() {
    const status = { version, node: process.version };
    const text = `Version ${status.version} on Node ${status.node}`;
    return { content: [{ type: 'text', text }], structuredContent: status };
  },
});
