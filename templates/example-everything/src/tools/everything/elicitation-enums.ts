import { inputRequired } from '@modelcontextprotocol/server';
import { z } from 'zod';
import { describeAnswer } from '../../answers.js';
import { defineTool } from '../tool.js';

/**
 * Every way to offer a choice. Where values need titles, the schema is written as JSON Schema; for
 * anything simpler a zod schema will do, as in the other examples.
 */
const form = {
  type: 'object' as const,
  properties: {
    untitledSingle: { type: 'string' as const, enum: ['option1', 'option2', 'option3'] },
    titledSingle: {
      type: 'string' as const,
      oneOf: [
        { const: 'value1', title: 'First option' },
        { const: 'value2', title: 'Second option' },
        { const: 'value3', title: 'Third option' },
      ],
    },
    // How values got titles before there was `oneOf`; new forms do without.
    legacyEnum: {
      type: 'string' as const,
      enum: ['opt1', 'opt2', 'opt3'],
      enumNames: ['Option one', 'Option two', 'Option three'],
    },
    untitledMulti: {
      type: 'array' as const,
      items: { type: 'string' as const, enum: ['option1', 'option2', 'option3'] },
    },
    titledMulti: {
      type: 'array' as const,
      items: {
        anyOf: [
          { const: 'value1', title: 'First choice' },
          { const: 'value2', title: 'Second choice' },
          { const: 'value3', title: 'Third choice' },
        ],
      },
    },
  },
};

/** Lets the person choose: one or several, with titles or without. */
export const elicitationEnums = defineTool({
  name: 'test_elicitation_sep1330_enums',
  title: 'Offer choices',
  description: 'Asks the person to choose, in every way there is.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run(_input, context) {
    const answer = describeAnswer(context, 'choices');
    if (answer === undefined) {
      const message = 'What will it be?';
      const choices = inputRequired.elicit({ message, requestedSchema: form });
      return inputRequired({ inputRequests: { choices } });
    }
    return { content: [{ type: 'text', text: `The answer: ${answer}` }] };
  },
});
