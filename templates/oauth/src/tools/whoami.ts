import { z } from 'zod';
import { callerOf } from '../auth/caller.js';
import { defineTool } from './tool.js';

export const whoami = defineTool({
  name: 'whoami',
  title: 'Who am I',
  description: 'Tells who is logged in, with which client, and what they may do.',
  inputSchema: z.object({}),
  outputSchema: z.object({
    subject: z.string().optional().describe('The person or service, as the provider names it'),
    clientId: z.string().describe('The client in use'),
    scopes: z.array(z.string()).describe('What this login allows'),
  }),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run(_input, context) {
    const caller = callerOf(context);
    if (caller === undefined) {
      const text = 'Nobody is logged in: over stdio this server trusts whoever started it.';
      return { isError: true, content: [{ type: 'text', text }] };
    }
    const { subject, clientId, scopes } = caller;
    return {
      content: [
        { type: 'text', text: `${subject ?? 'A client'} with ${clientId}: ${scopes.join(' ')}` },
      ],
      structuredContent: { ...(subject && { subject }), clientId, scopes: [...scopes] },
    };
  },
});
