import {
  Client,
  InMemoryTransport,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';
import { createServer } from '../../src/server.js';

/** The two protocol eras a client may speak: 2025 (`legacy`) and 2026-07-28. */
export const eras = ['legacy', { pin: '2026-07-28' }] as const;
type Era = (typeof eras)[number];

/** A client that is connected to the server within this process, as over stdio. */
export async function connectInMemory(): Promise<Client> {
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair();
  await createServer().connect(serverSide);
  const client = new Client({ name: 'test', version: '1.0.0' });
  await client.connect(clientSide);
  return client;
}

/** A client that talks HTTP to `fetch`, with no port in between. */
export async function connectOverHttp(
  fetch: (request: Request) => Promise<Response>,
  { url = 'http://localhost:3000/mcp', era = 'legacy' as Era, token = '' } = {},
): Promise<Client> {
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    { versionNegotiation: { mode: era } },
  );
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    fetch: (input, init) => fetch(new Request(input, init)),
    ...(token && { requestInit: { headers: { authorization: `Bearer ${token}` } } }),
  });
  await client.connect(transport);
  return client;
}
