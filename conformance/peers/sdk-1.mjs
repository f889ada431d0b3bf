// @modelcontextprotocol/sdk 1.x with a verifier of one's own, as its examples have it.
import { InvalidTokenError } from '@modelcontextprotocol/sdk/server/auth/errors.js';
import { requireBearerAuth } from '@modelcontextprotocol/sdk/server/auth/middleware/bearerAuth.js';
import {
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
} from '@modelcontextprotocol/sdk/server/auth/router.js';
import { createMcpExpressApp } from '@modelcontextprotocol/sdk/server/express.js';
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import { verify } from './verify.mjs';

const { ISSUER, RESOURCE, PORT } = process.env;
const resource = new URL(RESOURCE);
const resourceMetadataUrl = getOAuthProtectedResourceMetadataUrl(resource);
const oauthMetadata = {
  issuer: ISSUER,
  authorization_endpoint: `${ISSUER}/authorize`,
  token_endpoint: `${ISSUER}/token`,
  response_types_supported: ['code'],
};

const verifier = {
  verifyAccessToken: (token) =>
    verify(token).catch((error) => {
      throw new InvalidTokenError(error.message);
    }),
};
const app = createMcpExpressApp();
app.use(
  mcpAuthMetadataRouter({
    oauthMetadata,
    resourceServerUrl: resource,
    scopesSupported: ['mcp:use'],
  }),
);
const gate = requireBearerAuth({ verifier, requiredScopes: ['mcp:use'], resourceMetadataUrl });
app.post('/mcp', gate, async (request, response) => {
  const server = new McpServer({ name: 'peer', version: '1.0.0' });
  server.registerTool('hello', { description: 'Says hello' }, async () => ({ content: [] }));
  const transport = new StreamableHTTPServerTransport({ sessionIdGenerator: undefined });
  response.on('close', () => void server.close());
  await server.connect(transport);
  await transport.handleRequest(request, response, request.body);
});
app.listen(Number(PORT), '127.0.0.1');
