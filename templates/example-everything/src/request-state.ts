// What a tool has to remember between its questions (MCP 2026-07-28, Multi Round-Trip Requests).
// The server keeps nothing: the client carries the state, signed, and brings it back with the answers.
import { createRequestStateCodec, type ServerContext } from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { ownerOf } from './owner.js';

/**
 * State MUST be protected against changes, and is good for its owner only, for ten minutes. It can
 * be read by the client, and used more than once: it must not hold secrets, nor be what pays a bill.
 * The key is this process's own; several processes need one in common, from a setting.
 */
export const requestState = createRequestStateCodec({
  key: crypto.getRandomValues(new Uint8Array(32)),
  bind: (context) => ownerOf(context.http?.authInfo),
});

/**
 * The state that came back with this request.
 * @param schema says which tool's state it is, so that no tool takes another's for its own
 * @returns undefined when nothing came back, or something of another tool
 */
export function readState<S extends z.ZodObject>(
  { mcpReq }: ServerContext,
  schema: S,
): z.output<S> | undefined {
  return schema.safeParse(mcpReq.requestState()).data;
}
