import { acceptedContent, inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { isRefused } from '../../answers.js';
import { readState, requestState } from '../../request-state.js';
import { defineTool } from '../tool.js';

const form = z.object({ ok: z.boolean() });
const state = z.object({ tool: z.literal('remember-state'), number: z.int() });

/** Remembers something between the question and the answer; the client carries it, signed. */
export const rememberState = defineTool({
  name: 'test_input_required_result_request_state',
  title: 'Remember a number',
  description: 'Draws a number, asks the person for leave, and tells the number.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  async run(_input, context) {
    const remembered = readState(context, state);
    const answer = acceptedContent(context.mcpReq.inputResponses, 'confirm', form);
    if (isRefused(context, 'confirm') || answer?.ok === false) {
      return { content: [{ type: 'text', text: 'The number stays a secret.' }] };
    }
    if (remembered === undefined || answer === undefined) {
      const number = Math.ceil(Math.random() * 6);
      const message = 'May I tell you the number?';
      return inputRequired({
        inputRequests: { confirm: inputRequired.elicit({ message, requestedSchema: form }) },
        requestState: await requestState.mint({ tool: 'remember-state', number }, context),
      });
    }
    return { content: [{ type: 'text', text: `The number is ${remembered.number}.` }] };
  },
});
