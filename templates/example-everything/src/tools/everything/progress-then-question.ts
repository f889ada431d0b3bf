import { inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { describeAnswer } from '../../answers.js';
import { defineTool } from '../tool.js';

const form = z.object({ ok: z.boolean() });

/** Tells how far it is, and then asks: the question is the end of the stream, not a part of it. */
export const progressThenQuestion = defineTool({
  name: 'test_streaming_elicitation',
  title: 'Work, then ask',
  description: 'Does a part of the work, and asks the person whether to go on.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  async run(_input, context) {
    const { _meta, notify } = context.mcpReq;
    const answer = describeAnswer(context, 'go_on');
    if (answer !== undefined) {
      return { content: [{ type: 'text', text: `The answer: ${answer}` }] };
    }
    const progressToken = _meta?.progressToken;
    if (progressToken !== undefined) {
      const params = { progressToken, progress: 1, total: 2 };
      await notify({ method: 'notifications/progress', params });
    }
    const message = 'Half of it is done. Shall I go on?';
    const question = inputRequired.elicit({ message, requestedSchema: form });
    return inputRequired({ inputRequests: { go_on: question } });
  },
});
