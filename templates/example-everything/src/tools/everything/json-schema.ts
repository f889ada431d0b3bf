import { z } from 'zod';
import { defineTool } from '../tool.js';

const address = z
  .object({ street: z.string(), city: z.string() })
  .partial()
  .meta({ id: 'address', $anchor: 'addressDef' });

/**
 * What JSON Schema can say and zod's methods cannot: `meta` adds it to the schema that clients see.
 * Nothing checks that part but what you write yourself, such as the `refine` here.
 */
const contact = z
  .strictObject({
    name: z.string(),
    address,
    contactMethod: z.enum(['phone', 'email']),
    phone: z.string(),
    email: z.string(),
  })
  .partial()
  .meta({
    allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
    if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { required: ['phone'] },
    else: { required: ['email'] },
  });

/** Arguments that depend on each other. */
export const jsonSchema = defineTool({
  name: 'json_schema_2020_12_tool',
  title: 'A contact',
  description: 'Tells how somebody is to be reached.',
  inputSchema: contact.refine(
    ({ contactMethod, phone, email }) => (contactMethod === 'phone' ? phone : email) !== undefined,
    'phone is needed where it is the contactMethod, else email',
  ),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run({ name = 'They', contactMethod, phone, email }) {
    const text = `${name} can be reached at ${contactMethod === 'phone' ? phone : email}.`;
    return { content: [{ type: 'text', text }] };
  },
});
