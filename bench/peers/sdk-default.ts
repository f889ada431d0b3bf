/** The peer: a server as the SDK's own pages set one up, with everything in the factory. */
import { serve } from '@hono/node-server';
import { createMcpHonoApp } from '@modelcontextprotocol/hono';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { convertTool } from './convert-tool.js';

const count = Number(process.env.TOOLS);

const handler = createMcpHandler(() => {
  const server = new McpServer({ name: 'sdk-default', version: '1.0.0' });
  for (let index = 0; index < count; index++) {
    const { name, run, ...config } = convertTool(index);
    server.registerTool(name, config, run);
  }
  return server;
});

const app = createMcpHonoApp();
app.get('/health', (context) => context.json({ status: 'ok' }));
if (process.env.HAND_ON_BODY) {
  // As the SDK's guide to Hono has it.
  app.all('/mcp', (context) =>
    handler.fetch(context.req.raw, { parsedBody: context.get('parsedBody' as never) }),
  );
} else {
  // As the SDK's examples have it.
  app.all('/mcp', (context) => handler.fetch(context.req.raw));
}
serve({ fetch: app.fetch, port: Number(process.env.PORT), hostname: '127.0.0.1' });
