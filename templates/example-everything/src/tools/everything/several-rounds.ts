import { acceptedContent, inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { isRefused } from '../../answers.js';
import { readState, requestState } from '../../request-state.js';
import { defineTool } from '../tool.js';

const first = z.object({ name: z.string() });
const second = z.object({ color: z.string() });
const state = z.object({ tool: z.literal('several-rounds'), name: z.string().optional() });

/** Asks one thing after another: what is known so far is in the state. */
export const severalRounds = defineTool({
  name: 'test_input_required_result_multi_round',
  title: 'Ask in several rounds',
  description: 'Asks the person for a name, and then for a color.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  async run(_input, context) {
    if (isRefused(context, 'step1') || isRefused(context, 'step2')) {
      return { content: [{ type: 'text', text: 'Then not.' }] };
    }
    const { inputResponses } = context.mcpReq;
    const mint = (name?: string) => requestState.mint({ tool: 'several-rounds', name }, context);
    const name =
      readState(context, state)?.name ?? acceptedContent(inputResponses, 'step1', first)?.name;
    if (name === undefined) {
      const message = 'What is your name?';
      const step1 = inputRequired.elicit({ message, requestedSchema: first });
      return inputRequired({ inputRequests: { step1 }, requestState: await mint() });
    }
    const answer = acceptedContent(inputResponses, 'step2', second);
    if (answer === undefined) {
      const message = `What is your favorite color, ${name}?`;
      const step2 = inputRequired.elicit({ message, requestedSchema: second });
      return inputRequired({ inputRequests: { step2 }, requestState: await mint(name) });
    }
    return { content: [{ type: 'text', text: `${name} likes ${answer.color}.` }] };
  },
});
