import {
  acceptedContent,
  inputRequired,
  ProtocolError,
  ProtocolErrorCode,
} from '@modelcontextprotocol/server';
import { z } from 'zod';
import { isRefused } from '../../answers.js';
import { definePrompt } from '../prompt.js';

const answer = z.object({ context: z.string().describe('What you are working on') });

/** A prompt may ask its user something before it is written, as a tool may. */
export const askingPrompt = definePrompt({
  name: 'test_input_required_result_prompt',
  title: 'A prompt that asks first',
  description: 'Asks for advice, about what the user says they are working on.',
  argsSchema: z.object({}),

  render(_input, context) {
    if (isRefused(context, 'user_context')) {
      throw new ProtocolError(ProtocolErrorCode.InvalidRequest, 'The question was not answered');
    }
    const answered = acceptedContent(context.mcpReq.inputResponses, 'user_context', answer);
    if (answered === undefined) {
      const message = 'What are you working on?';
      const question = inputRequired.elicit({ message, requestedSchema: answer });
      return inputRequired({ inputRequests: { user_context: question } });
    }
    const text = `Give three pieces of advice to somebody who works on this: ${answered.context}`;
    return { messages: [{ role: 'user', content: { type: 'text', text } }] };
  },
});
