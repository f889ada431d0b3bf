/** The schemas as they are published, in schema/. */
import { z } from 'zod';
import { choices } from './choices.js';
import { type JsonSchema, optionsSchema } from './options.js';
import { output } from './output.js';

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** By file name. */
export function publishedSchemas(): Readonly<Record<string, JsonSchema>> {
  const options = optionsSchema();
  const printed = z.toJSONSchema(output, {
    unrepresentable: 'any',
    override: ({ zodSchema, jsonSchema }) => {
      if (zodSchema === choices) Object.assign(jsonSchema, options);
    },
  });
  return {
    'options.schema.json': { $schema: dialect, ...options },
    'output.schema.json': {
      $schema: dialect,
      title: 'What create-mcp-server prints with --json',
      ...printed,
    },
  };
}
