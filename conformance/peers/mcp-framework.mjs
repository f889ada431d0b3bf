// mcp-framework with its OAuthAuthProvider, as its README has it for JWTs.
import { MCPServer, OAuthAuthProvider } from 'mcp-framework';

const { ISSUER, JWKS, RESOURCE, PORT } = process.env;

const server = new MCPServer({
  name: 'peer',
  version: '1.0.0',
  transport: {
    type: 'http-stream',
    options: {
      port: Number(PORT),
      auth: {
        provider: new OAuthAuthProvider({
          authorizationServers: [ISSUER],
          resource: RESOURCE,
          validation: { type: 'jwt', jwksUri: JWKS, audience: RESOURCE, issuer: ISSUER },
        }),
        endpoints: { initialize: true, messages: true },
      },
    },
  },
});
await server.start();
