/** Messages of MCP that are none. */
import fc from 'fast-check';

/** What no member has to be. */
export const odd = fc.oneof(fc.constantFrom<unknown>(null, true, 1.5, '', [], {}), fc.jsonValue());
/** JSON-RPC 2.0 §4, with members that are not what they have to be. */
export const malformedMessages = fc.oneof(
  fc.record({ jsonrpc: odd, id: fc.nat(), method: fc.constant('tools/list') }),
  fc.record({ jsonrpc: fc.constant('2.0'), id: odd, method: odd, params: odd }),
  fc.record({ jsonrpc: fc.constant('2.0'), id: fc.constant(1), method: fc.string(), params: odd }),
  fc.record({
    jsonrpc: fc.constant('2.0'),
    id: fc.constant(1),
    method: fc.constantFrom('tools/call', 'prompts/get', 'resources/read', 'completion/complete'),
    params: fc.record({ name: odd, arguments: odd, uri: odd, _meta: odd }, { requiredKeys: [] }),
  }),
  fc.record({
    jsonrpc: fc.constant('2.0'),
    id: fc.constant(1),
    method: fc.constant('tools/call'),
    params: fc.record({ name: fc.constant('convert_temperature'), arguments: odd }),
  }),
  fc.record({
    jsonrpc: fc.constant('2.0'),
    id: fc.constant(1),
    method: fc.constantFrom('initialize', 'server/discover', 'tools/call'),
    params: fc.record({
      _meta: fc.dictionary(fc.constantFrom(...metaKeys()), odd),
      protocolVersion: odd,
    }),
  }),
  fc.array(fc.record({ jsonrpc: odd, id: odd, method: odd }), { maxLength: 20 }),
  fc.record({ jsonrpc: fc.constant('2.0'), id: odd, result: odd }),
  fc.record({ jsonrpc: fc.constant('2.0'), method: fc.string(), params: odd }),
);

function metaKeys(): string[] {
  const names = ['protocolVersion', 'clientInfo', 'clientCapabilities'];
  return [...names.map((name) => `io.modelcontextprotocol/${name}`), 'progressToken'];
}
