/** The pages of the MCP specification that findings point to; anchors are those of its headings. */

const root = 'https://modelcontextprotocol.io/specification/2026-07-28/basic';

export const specification = {
  authorization: `${root}/authorization`,
  discovery: `${root}/authorization/authorization-server-discovery`,
  registration: `${root}/authorization/client-registration`,
  security: `${root}/authorization/security-considerations`,
  transport: `${root}/transports/streamable-http`,
  versioning: `${root}/versioning`,
} as const;
