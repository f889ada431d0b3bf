import { inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { sampledText } from '../../answers.js';
import { defineTool } from '../tool.js';

/** Cannot do anything without a model to ask: a client that has none is told what is missing. */
export const needsCapability = defineTool({
  name: 'test_missing_capability',
  title: 'Need a capability',
  description: 'Has the model of the client write a haiku.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true },

  run(_input, context) {
    const haiku = sampledText(context, 'haiku');
    if (haiku !== undefined) return { content: [{ type: 'text', text: haiku }] };
    const request = inputRequired.createMessage({
      messages: [{ role: 'user', content: { type: 'text', text: 'Write a haiku' } }],
      maxTokens: 100,
    });
    return inputRequired({ inputRequests: { haiku: request } });
  },
});
