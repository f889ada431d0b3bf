// skybridge with its customProvider, which discovers the provider and verifies its tokens itself.
import { customProvider, McpServer } from 'skybridge/server';

const { ISSUER, RESOURCE } = process.env;

const server = new McpServer(
  { name: 'peer', version: '1.0.0' },
  { capabilities: {} },
  {
    oauth: await customProvider({
      issuer: ISSUER,
      audience: RESOURCE,
      serverUrl: new URL(RESOURCE).origin,
      scopes: ['mcp:use'],
      requiredScopes: ['mcp:use'],
    }),
  },
);
await server.run();
