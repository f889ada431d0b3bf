// What a resource is: a definition at module scope that can put itself on a server.
import type { McpServer } from '@modelcontextprotocol/server';

export interface Resource {
  register(server: McpServer): void;
}
