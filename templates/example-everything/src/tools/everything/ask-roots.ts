import { inputRequired, inputResponse } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { defineTool } from '../tool.js';

/** Asks which folders the person has opened to servers. The 2026 protocol deprecates roots. */
export const askRoots = defineTool({
  name: 'test_input_required_result_list_roots',
  title: 'Look at the roots',
  description: 'Tells which folders the client works in.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true },

  run(_input, { mcpReq }) {
    const response = inputResponse(mcpReq.inputResponses, 'client_roots');
    if (response.kind !== 'roots') {
      return inputRequired({ inputRequests: { client_roots: inputRequired.listRoots() } });
    }
    const text = response.roots.map(({ uri, name }) => `${name ?? 'a folder'}: ${uri}`).join('\n');
    return { content: [{ type: 'text', text: text || 'There are no roots.' }] };
  },
});
