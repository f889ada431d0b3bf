/** How the command is run without being installed; npx comes with every Node. */
export const invocation = 'npx create-mcp-server';
