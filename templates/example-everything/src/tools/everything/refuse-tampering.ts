import { acceptedContent, inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { isRefused } from '../../answers.js';
import { readState, requestState } from '../../request-state.js';
import { defineTool } from '../tool.js';

const form = z.object({ ok: z.boolean() });
const state = z.object({ tool: z.literal('refuse-tampering'), amount: z.int() });

/**
 * Acts on what it remembers, so the state must be the server's own: one that was changed on its way
 * is refused before `run` is called (`requestState` in server-options.ts).
 */
export const refuseTampering = defineTool({
  name: 'test_input_required_result_tampered_state',
  title: 'Confirm an amount',
  description: 'Names an amount, and confirms it when the person agrees.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  async run(_input, context) {
    const order = readState(context, state);
    const answer = acceptedContent(context.mcpReq.inputResponses, 'confirm', form);
    if (isRefused(context, 'confirm') || answer?.ok === false) {
      return { content: [{ type: 'text', text: 'Nothing was confirmed.' }] };
    }
    if (order === undefined || answer === undefined) {
      const amount = 5;
      return inputRequired({
        inputRequests: {
          confirm: inputRequired.elicit({
            message: `Do you agree to an amount of ${amount}?`,
            requestedSchema: form,
          }),
        },
        requestState: await requestState.mint({ tool: 'refuse-tampering', amount }, context),
      });
    }
    return { content: [{ type: 'text', text: `An amount of ${order.amount} is confirmed.` }] };
  },
});
