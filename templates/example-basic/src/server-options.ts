// What the server says of itself to every client.
import type { ServerOptions } from '@modelcontextprotocol/server';

export const options: ServerOptions = {
  // The tables of tools, resources and prompts are fixed while the server runs, so there is no
  // change to announce.
  capabilities: {
    tools: { listChanged: false },
    resources: { listChanged: false },
    prompts: { listChanged: false },
    completions: {},
  },
  instructions: 'Converts temperatures between scales and knows some reference points.',
};
