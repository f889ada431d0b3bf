/** mcp-framework as its README sets it up for HTTP, in the mode that answers with JSON. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MCPServer } from 'mcp-framework';

const server = new MCPServer({
  name: 'mcp-framework',
  version: '1.0.0',
  basePath: dirname(fileURLToPath(import.meta.url)),
  transport: {
    type: 'http-stream',
    options: { host: '127.0.0.1', port: Number(process.env.PORT), responseMode: 'batch' },
  },
});
await server.start();
