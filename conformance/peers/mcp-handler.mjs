// mcp-handler with withMcpAuth, as its page on authorization has it, served by Node alone.
import { createServer } from 'node:http';
import { Readable } from 'node:stream';
import { createMcpHandler, protectedResourceHandler, withMcpAuth } from 'mcp-handler';
import { verify } from './verify.mjs';

const { ISSUER, RESOURCE, PORT } = process.env;
const path = '/.well-known/oauth-protected-resource';

const handler = createMcpHandler((server) => {
  server.registerTool('hello', { description: 'Says hello' }, async () => ({ content: [] }));
});
const mcp = withMcpAuth(
  handler,
  (_request, token) => (token === undefined ? undefined : verify(token).catch(() => undefined)),
  { required: true, requiredScopes: ['mcp:use'], resourceMetadataPath: `${path}/mcp` },
);
const metadata = protectedResourceHandler({ authServerUrls: [ISSUER], resourceUrl: RESOURCE });

// What Next.js does for its routes.
createServer(async (incoming, outgoing) => {
  const { pathname } = new URL(incoming.url, RESOURCE);
  const { method, headers } = incoming;
  const hasBody = method !== 'GET' && method !== 'HEAD';
  const request = new Request(new URL(incoming.url, RESOURCE), {
    method,
    headers: Object.entries(headers).map(([name, value]) => [name, String(value)]),
    ...(hasBody && { body: Readable.toWeb(incoming), duplex: 'half' }),
  });
  const serve =
    pathname === '/mcp'
      ? mcp
      : pathname.startsWith(path)
        ? metadata
        : () => new Response(null, { status: 404 });
  const response = await serve(request);
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  if (response.body === null) outgoing.end();
  else Readable.fromWeb(response.body).pipe(outgoing);
}).listen(Number(PORT), '127.0.0.1');
