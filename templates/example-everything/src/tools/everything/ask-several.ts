import { acceptedContent, inputRequired, inputResponse } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { isRefused, sampledText } from '../../answers.js';
import { readState, requestState } from '../../request-state.js';
import { defineTool } from '../tool.js';

const form = z.object({ name: z.string() });
const state = z.object({ tool: z.literal('ask-several'), askedAt: z.string() });

/** Asks for several things at once, which the client answers in any order and together. */
export const askSeveral = defineTool({
  name: 'test_input_required_result_multiple_inputs',
  title: 'Ask several things',
  description: 'Asks the person, the model and the client for something each.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true },

  async run(_input, context) {
    const { inputResponses } = context.mcpReq;
    if (isRefused(context, 'user_name')) {
      return { content: [{ type: 'text', text: 'Then not.' }] };
    }
    const asked = readState(context, state);
    const user = acceptedContent(inputResponses, 'user_name', form);
    const greeting = sampledText(context, 'greeting');
    const roots = inputResponse(inputResponses, 'client_roots');
    if (!asked || !user || greeting === undefined || roots.kind !== 'roots') {
      const text = 'Write a greeting';
      const now = { tool: 'ask-several', askedAt: new Date().toISOString() };
      return inputRequired({
        inputRequests: {
          user_name: inputRequired.elicit({ message: 'What is your name?', requestedSchema: form }),
          greeting: inputRequired.createMessage({
            messages: [{ role: 'user', content: { type: 'text', text } }],
            maxTokens: 50,
          }),
          client_roots: inputRequired.listRoots(),
        },
        requestState: await requestState.mint(now, context),
      });
    }
    const text = `${greeting} ${user.name} has ${roots.roots.length} roots, and was asked at ${asked.askedAt}.`;
    return { content: [{ type: 'text', text }] };
  },
});
