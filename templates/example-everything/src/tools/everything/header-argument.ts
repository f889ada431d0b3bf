import { z } from 'zod';
import { defineTool } from '../tool.js';

/**
 * An argument that 2026 clients also send as an HTTP header, `Mcp-Param-Region`: a proxy in front of
 * the server can go by it without reading the body. The SDK refuses calls where the two differ.
 */
export const headerArgument = defineTool({
  name: 'test_header_argument',
  title: 'An argument in a header',
  description: 'Tells which region a request was sent to.',
  inputSchema: z.object({
    region: z.string().describe('Such as eu-west').meta({ 'x-mcp-header': 'Region' }),
  }),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run({ region }) {
    return { content: [{ type: 'text', text: `The request was meant for ${region}.` }] };
  },
});
