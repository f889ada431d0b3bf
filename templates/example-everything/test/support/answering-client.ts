// A client with somebody and something to ask: a person, a model, and folders.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import type { AuthInfo } from '@modelcontextprotocol/server';
import type { McpEndpoint } from '../../src/mcp-endpoint.js';
import type { eras } from './client.js';

type ElicitResult = {
  action: 'accept' | 'decline' | 'cancel';
  content?: Record<string, string | number | boolean | string[]>;
};

interface Options {
  era: (typeof eras)[number];
  /** What the person answers, by the message they read. */
  person?: (message: string) => ElicitResult;
  authInfo?: AuthInfo;
  /** Without it, the client has nobody and nothing to ask. */
  capable?: boolean;
}

/** Connects to the endpoint with no port in between; `disposed` ends the session, if there is one. */
export async function connectAnswering(
  mcp: McpEndpoint,
  { era, person = () => ({ action: 'cancel' }), authInfo, capable = true }: Options,
) {
  const client = new Client(
    { name: 'test', version: '1.0.0' },
    {
      versionNegotiation: { mode: era },
      ...(capable && { capabilities: { elicitation: {}, sampling: {}, roots: {} } }),
    },
  );
  const asked: unknown[] = [];
  if (capable) {
    client.setRequestHandler('elicitation/create', ({ params }) => {
      asked.push(params);
      return person(params.message);
    });
    client.setRequestHandler('sampling/createMessage', ({ params }) => {
      asked.push(params);
      return {
        role: 'assistant',
        model: 'parrot',
        content: { type: 'text', text: `about ${textOf(params.messages[0]?.content)}` },
      };
    });
    client.setRequestHandler('roots/list', () => ({
      roots: [{ uri: 'file:///home/ada', name: 'home' }],
    }));
  }
  const transport = new StreamableHTTPClientTransport(new URL('http://localhost:3000/mcp'), {
    fetch: (input, init) => mcp(new Request(input, init), authInfo),
  });
  await client.connect(transport);
  return {
    client,
    transport,
    /** What the person and the model were asked. */
    asked,
    /** Calls a tool, and gives back the text of its result. */
    async call(name: string, input: Record<string, unknown> = {}): Promise<string> {
      const { content } = await client.callTool({ name, arguments: input });
      return textOf(content);
    },
    async [Symbol.asyncDispose]() {
      await transport.terminateSession();
      await client.close();
    },
  };
}

function textOf(content: unknown): string {
  const blocks = [content].flat() as { type: string; text?: string }[];
  return blocks.map((block) => block.text ?? `[${block.type}]`).join(' ');
}
