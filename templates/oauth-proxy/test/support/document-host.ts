// A website with client metadata documents on it: every https address leads here.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { redirectUri } from './mcp-client.js';

/** The address of the document; any other is answered as well. */
export const clientId = 'https://client.example/client.json';

export interface DocumentHost {
  /** Paths that were asked for. */
  asked: string[];
  /** How it answers. Default: with a good document. */
  answer: (request: IncomingMessage, response: ServerResponse) => void;
  /** For a server: what it needs to get here. */
  documents: { fetch: typeof fetch; lookup: () => Promise<{ address: string }[]> };
  /** The address where it really is. */
  url: string;
  close(): Promise<void>;
}

/** What a good client says about itself. */
export const goodDocument = {
  client_id: clientId,
  client_name: 'Documented',
  redirect_uris: [redirectUri, 'https://client.example/callback'],
  token_endpoint_auth_method: 'none',
};

/** Answers with a document. */
export function say(document: unknown, headers = {}): DocumentHost['answer'] {
  return (_request, response) => {
    const body = typeof document === 'string' ? document : JSON.stringify(document);
    response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(body);
  };
}

export async function startDocumentHost(): Promise<DocumentHost> {
  const server = createServer((request, response) => {
    host.asked.push(request.url ?? '');
    host.answer(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const host: DocumentHost = {
    asked: [],
    answer: say(goodDocument),
    documents: {
      lookup: async () => [{ address: '93.184.215.14' }],
      fetch(input, init) {
        // Without the dispatcher, which would not let anybody onto this machine.
        const { dispatcher: _, ...rest } = { dispatcher: undefined, ...init };
        return fetch(new URL(new URL(String(input)).pathname, url), rest);
      },
    },
    url,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return host;
}
