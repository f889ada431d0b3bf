/** The requests that are measured, in both protocol eras, and what has to come back. */
import { deepStrictEqual, strictEqual } from 'node:assert/strict';

export const eras = ['modern', 'legacy'] as const;
export const methods = ['tools/call', 'tools/list'] as const;
export type Era = (typeof eras)[number];
export type Method = (typeof methods)[number];

export interface Message {
  headers: Record<string, string>;
  body: string;
  /** @throws AssertionError when `answer`, a response's body, is not the right one */
  check(answer: string): void;
}

/** What a 2026-07-28 client says in each request. */
const envelope = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1.0.0' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** A request as the official client sends it, to a server with `count` tools. */
export function createMessage(method: Method, era: Era, count: number): Message {
  const call = {
    name: `convert_temperature_${count - 1}`,
    arguments: { value: 100, from: 'celsius', to: 'kelvin' },
  };
  const params = {
    ...(method === 'tools/call' && call),
    ...(era === 'modern' && { _meta: envelope }),
  };
  const modernHeaders = {
    'mcp-method': method,
    ...(method === 'tools/call' && { 'mcp-name': call.name }),
  };
  return {
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      'mcp-protocol-version': era === 'modern' ? '2026-07-28' : '2025-11-25',
      ...(era === 'modern' && modernHeaders),
    },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    check(answer) {
      const { result } = parseAnswer(answer);
      if (method === 'tools/call') {
        // Some answer with text only.
        const converted =
          result?.structuredContent ?? JSON.parse(result?.content?.[0]?.text ?? '0');
        deepStrictEqual(converted, { value: 373.15, scale: 'kelvin' });
      } else {
        strictEqual(result?.tools?.length, count);
        const { name, inputSchema, outputSchema } = result.tools[count - 1] ?? {};
        strictEqual(name, call.name);
        deepStrictEqual(Object.keys(inputSchema?.properties ?? {}), ['value', 'from', 'to']);
        deepStrictEqual(Object.keys(outputSchema?.properties ?? {}), ['value', 'scale']);
      }
    },
  };
}

interface Answer {
  result?: {
    structuredContent?: unknown;
    content?: { text?: string }[];
    tools?: { name: string; inputSchema: Schema; outputSchema: Schema }[];
  };
}
interface Schema {
  properties?: object;
}

/** The JSON-RPC response in a JSON body or in an event stream. */
function parseAnswer(text: string): Answer {
  if (text.startsWith('{')) return JSON.parse(text) as Answer;
  const data = text.split('\n').find((line) => line.startsWith('data: {'));
  return JSON.parse(data?.slice('data: '.length) ?? '{}') as Answer;
}
