// What the server says of itself to every client.
import type { ServerOptions } from '@modelcontextprotocol/server';
import { requestState } from './request-state.js';

export const options: ServerOptions = {
  // The tables of tools, resources and prompts are fixed while the server runs, so there is no
  // change to announce; what a resource says may change.
  capabilities: {
    tools: { listChanged: false },
    resources: { listChanged: false, subscribe: true },
    prompts: { listChanged: false },
    completions: {},
    logging: {},
  },
  instructions:
    'Converts temperatures between scales and knows some reference points. What is called test_… shows one part of the protocol each.',
  requestState: { verify: requestState.verify },
};
