// mcp-framework finds tools by their files, and does not start without one.
import { MCPTool } from 'mcp-framework';
import { z } from 'zod';

export default class HelloTool extends MCPTool {
  name = 'hello';
  description = 'Says hello';
  schema = z.object({ to: z.string().describe('Whom to greet') });

  async execute({ to }) {
    return `hello ${to}`;
  }
}
