// The official client, as tests use it.
import {
  Client,
  type OAuthClientProvider,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client';

/** The two protocol eras a client may speak: 2025 (`legacy`) and 2026-07-28. */
export const eras = ['legacy', { pin: '2026-07-28' }] as const;

interface Options {
  era?: (typeof eras)[number];
  token?: string;
  authProvider?: OAuthClientProvider;
}

/** A client that is connected to the MCP server at `url`. */
export async function connect(
  url: string,
  { era = 'legacy', token, authProvider }: Options = {},
): Promise<Client> {
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    { versionNegotiation: { mode: era } },
  );
  const headers = token === undefined ? undefined : { authorization: `Bearer ${token}` };
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    ...(headers && { requestInit: { headers } }),
    ...(authProvider && { authProvider }),
  });
  await client.connect(transport);
  return client;
}
