// A connection to an MCP server by one of the official libraries, as `Person` uses it.
import {
  Client,
  type OAuthClientProvider,
  StreamableHTTPClientTransport,
  UnauthorizedError,
} from '@modelcontextprotocol/client';
import { UnauthorizedError as FirstUnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client as FirstClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport as FirstTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { eras } from './client.js';

/** What MCP clients are made with: the SDK 1.x, and the client 2.x in both eras of the protocol. */
export const libraries = ['1.x', ...eras] as const;

export type Library = (typeof libraries)[number];

interface Result {
  isError?: boolean | undefined;
  structuredContent?: unknown;
}

export interface Connection {
  connect(): Promise<void>;
  callTool(name: string): Promise<Result>;
  /** Takes the answer of the authorization endpoint, and gets the tokens. */
  finishLogin(answer: URLSearchParams): Promise<void>;
  close(): Promise<void>;
}

const implementation = { name: 'test', version: '1.0.0' };

/** @param authProvider what the library asks about the login; both have the same interface */
export function open(library: Library, url: URL, authProvider: OAuthClientProvider): Connection {
  if (library === '1.x') {
    const client = new FirstClient(implementation);
    const transport = new FirstTransport(url, { authProvider });
    return {
      connect: () => client.connect(transport),
      // Its type knows a form of results, too, that no revision since 2024-11-05 has.
      callTool: async (name) => (await client.callTool({ name, arguments: {} })) as Result,
      finishLogin: (answer) => transport.finishAuth(answer.get('code') ?? ''),
      close: () => client.close(),
    };
  }
  const client = new Client(implementation, { versionNegotiation: { mode: library } });
  const transport = new StreamableHTTPClientTransport(url, { authProvider });
  return {
    connect: () => client.connect(transport),
    callTool: (name) => client.callTool({ name, arguments: {} }),
    finishLogin: (answer) => transport.finishAuth(answer),
    close: () => client.close(),
  };
}

/** Whether the library says by this error that the person has to come back from the browser first. */
export function isLoginNeeded(error: unknown): boolean {
  return error instanceof UnauthorizedError || error instanceof FirstUnauthorizedError;
}
