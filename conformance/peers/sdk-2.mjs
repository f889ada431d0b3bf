// @modelcontextprotocol/express with a verifier of one's own, as its page on authorization shows it.
import {
  createMcpExpressApp,
  getOAuthProtectedResourceMetadataUrl,
  mcpAuthMetadataRouter,
  requireBearerAuth,
} from '@modelcontextprotocol/express';
import { toNodeHandler } from '@modelcontextprotocol/node';
import {
  createMcpHandler,
  McpServer,
  OAuthError,
  OAuthErrorCode,
} from '@modelcontextprotocol/server';
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
      throw new OAuthError(OAuthErrorCode.InvalidToken, error.message);
    }),
};
const app = createMcpExpressApp({ host: '127.0.0.1' });
app.use(
  mcpAuthMetadataRouter({
    oauthMetadata,
    resourceServerUrl: resource,
    scopesSupported: ['mcp:use'],
  }),
);
const handler = toNodeHandler(
  createMcpHandler(() => {
    const server = new McpServer({ name: 'peer', version: '1.0.0' });
    server.registerTool('hello', { description: 'Says hello' }, async () => ({ content: [] }));
    return server;
  }),
);
const gate = requireBearerAuth({ verifier, requiredScopes: ['mcp:use'], resourceMetadataUrl });
app.all('/mcp', gate, (request, response) => void handler(request, response, request.body));
app.listen(Number(PORT), '127.0.0.1');
