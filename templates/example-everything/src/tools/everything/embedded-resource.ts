import { z } from 'zod';
import { defineTool } from '../tool.js';

/** A resource within the result. Its URI says what it is; nobody need be able to read it there. */
export const embeddedResource = defineTool({
  name: 'test_embedded_resource',
  title: 'A resource in the result',
  description: 'Returns a text with the URI that it belongs to.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run() {
    const uri = 'test://embedded-resource';
    const text = 'A text that has a URI.';
    return { content: [{ type: 'resource', resource: { uri, mimeType: 'text/plain', text } }] };
  },
});
