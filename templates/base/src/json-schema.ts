// JSON Schemas made from zod schemas once, not once per request.
import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server';
import type { z } from 'zod';

/**
 * The same schema for the SDK, with its JSON Schema remembered: the SDK converts a tool's schema
 * whenever it serves the tool, and the conversion costs more than everything else in a small call.
 */
export function convertOnce<S extends z.ZodObject>(schema: S): StandardSchemaWithJSON {
  const standard = (schema as unknown as StandardSchemaWithJSON)['~standard'];
  const { input, output } = standard.jsonSchema;
  return {
    '~standard': { ...standard, jsonSchema: { input: once(input), output: once(output) } },
  };
}

type Convert = StandardSchemaWithJSON['~standard']['jsonSchema']['input'];

function once(convert: Convert): Convert {
  const results = new Map<string, Record<string, unknown>>();
  return (options) => {
    const known = results.get(options.target) ?? convert(options);
    results.set(options.target, known);
    return known;
  };
}

/** The JSON Schema of an object, as MCP lists it. */
export function jsonSchemaOf(schema: StandardSchemaWithJSON, side: 'input' | 'output') {
  return { type: 'object' as const, ...schema['~standard'].jsonSchema[side]({ target }) };
}

/** What MCP takes JSON Schemas to be where they do not say. */
const target = 'draft-2020-12';
