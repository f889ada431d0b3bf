// fastmcp (TypeScript) with its discovery endpoints and `authenticate`, as its README has them, verifying with jose.
import { FastMCP } from 'fastmcp';
import { verify } from './verify.mjs';

const { ISSUER, JWKS, RESOURCE, PORT } = process.env;

const server = new FastMCP({
  name: 'peer',
  version: '1.0.0',
  oauth: {
    enabled: true,
    authorizationServer: {
      issuer: ISSUER,
      authorizationEndpoint: `${ISSUER}/authorize`,
      tokenEndpoint: `${ISSUER}/token`,
      jwksUri: JWKS,
      responseTypesSupported: ['code'],
    },
    protectedResource: { resource: RESOURCE, authorizationServers: [ISSUER] },
  },
  authenticate: async ({ headers: { authorization } }) => {
    if (!authorization?.startsWith('Bearer ')) throw new Response(null, { status: 401 });
    return verify(authorization.slice(7)).catch(() => {
      throw new Response(null, { status: 401 });
    });
  },
});
await server.start({
  transportType: 'httpStream',
  httpStream: { port: Number(PORT), host: '127.0.0.1', endpoint: '/mcp', stateless: true },
});
