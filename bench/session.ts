/** How a client begins at a server that may keep sessions (MCP 2025-11-25, Streamable HTTP). */
import type { Message } from './messages.js';

/**
 * Initializes at a server, and gives the message what its later requests need.
 * @returns the message with the session's id, if the server has given one
 */
export async function withSession(port: number, message: Message): Promise<Message> {
  const send = (body: object, headers: Record<string, string> = {}) =>
    fetch(`http://127.0.0.1:${port}/mcp`, {
      method: 'POST',
      headers: { ...message.headers, ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', ...body }),
    });
  const params = {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'bench', version: '1.0.0' },
  };
  const answer = await send({ id: 0, method: 'initialize', params });
  await answer.text();
  const id = answer.headers.get('mcp-session-id');
  if (id === null) return message;
  const session = { 'mcp-session-id': id };
  await (await send({ method: 'notifications/initialized' }, session)).text();
  return { ...message, headers: { ...message.headers, ...session } };
}
