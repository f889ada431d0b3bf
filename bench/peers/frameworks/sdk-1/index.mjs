/** The SDK 1.x as its own stateless example has it: Express, and a new server for each request. */
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { convertTool } from '../../convert-tool.ts';

function createServer() {
  const server = new McpServer({ name: 'sdk-1', version: '1.0.0' });
  for (let index = 0; index < Number(process.env.TOOLS); index++) {
    const { name, run, ...config } = convertTool(index);
    server.registerTool(name, config, run);
  }
  return server;
}

const app = createMcpExpressApp();
app.get('/health', (_request, response) => response.json({ status: 'ok' }));
app.post('/mcp', async (request, response) => {
  const server = createServer();
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
  response.on('close', () => {
    transport.close();
    server.close();
  });
});
app.listen(Number(process.env.PORT), '127.0.0.1');
