/** fastmcp as its README sets it up for many instances: `stateless`, whatever else by default. */
import { FastMCP } from 'fastmcp';
import { convertTool } from '../../convert-tool.ts';

const server = new FastMCP({ name: 'fastmcp', version: '1.0.0', health: { path: '/health' } });
for (let index = 0; index < Number(process.env.TOOLS); index++) {
  const { name, description, inputSchema, outputSchema, annotations, run } = convertTool(index);
  server.addTool({
    name,
    description,
    parameters: inputSchema,
    outputSchema,
    annotations,
    execute: async (input) => run(input),
  });
}
await server.start({
  transportType: 'httpStream',
  httpStream: { host: '127.0.0.1', port: Number(process.env.PORT), stateless: true },
});
