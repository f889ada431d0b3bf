// The one server factory, for HTTP and stdio alike.
import { McpServer } from '@modelcontextprotocol/server';
import { name, version } from './identity.js';
import { prompts } from './prompts/index.js';
import { describePrompt } from './prompts/prompt.js';
import { resources } from './resources/index.js';
import { options } from './server-options.js';
import { tools } from './tools/index.js';
import { describeTool } from './tools/tool.js';

const toolsByName = new Map(tools.map((tool) => [tool.name, tool]));
const promptsByName = new Map(prompts.map((prompt) => [prompt.name, prompt]));

/**
 * Builds a server that can answer `message`, a JSON-RPC request; without one (stdio, batches) a
 * server that can answer anything. Over HTTP every request has a server of its own, so it carries
 * only what the request names: a call costs the same with one tool and with a thousand.
 */
export function createServer(message?: unknown): McpServer {
  const server = new McpServer({ name, version }, options);
  const { method, name: named } = read(message);
  const needs = (...methods: string[]) => method === undefined || methods.includes(method);

  for (const tool of pick(toolsByName, needs('tools/call'), named)) {
    server.registerTool(tool.name, tool.config, tool.handler);
  }
  for (const prompt of pick(promptsByName, needs('prompts/get', 'completion/complete'), named)) {
    server.registerPrompt(prompt.name, prompt.config, prompt.handler);
  }
  if (
    needs('resources/list', 'resources/templates/list', 'resources/read', 'completion/complete')
  ) {
    for (const resource of resources) resource.register(server);
  }
  // In place of the SDK's own answers, which would describe only what is registered here.
  if (needs('tools/list')) server.server.setRequestHandler('tools/list', listTools);
  if (needs('prompts/list')) server.server.setRequestHandler('prompts/list', listPrompts);
  return server;
}

const listTools = once(() => ({ tools: tools.map(describeTool) }));
const listPrompts = once(() => ({ prompts: prompts.map(describePrompt) }));

function read(message: unknown): { method: string | undefined; name: string | undefined } {
  const { method, params } = (message ?? {}) as { method?: string; params?: { name?: string } };
  return { method, name: params?.name };
}

function pick<T>(table: Map<string, T>, needed: boolean, named: string | undefined): Iterable<T> {
  if (!needed) return [];
  if (named === undefined) return table.values();
  const one = table.get(named);
  return one === undefined ? [] : [one];
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}
