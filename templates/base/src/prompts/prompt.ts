// What a prompt is: a definition at module scope, like a tool.
import type {
  GetPromptResult,
  InputRequiredResult,
  Prompt as ListedPrompt,
  ServerContext,
} from '@modelcontextprotocol/server';
import { z } from 'zod';

/** The messages, or what has to be asked first. */
type PromptResult = GetPromptResult | InputRequiredResult;

export interface PromptDefinition<Arguments extends z.ZodObject> {
  name: string;
  title: string;
  description: string;
  argsSchema: Arguments;
  render(input: z.output<Arguments>, context: ServerContext): PromptResult | Promise<PromptResult>;
}

export type Prompt = ReturnType<typeof definePrompt>;

/** Prepares a prompt for the table in `index.ts`. */
export function definePrompt<Arguments extends z.ZodObject>(
  definition: PromptDefinition<Arguments>,
) {
  const { name, render, ...config } = definition;
  return {
    name,
    config: { ...config, argsSchema: config.argsSchema as z.ZodObject },
    handler: (input: unknown, context: ServerContext) =>
      render(input as z.output<Arguments>, context),
  };
}

/** The entry of a prompt in `prompts/list`. */
export function describePrompt({ name, config }: Prompt): ListedPrompt {
  const { title, description, argsSchema } = config;
  const schema = z.toJSONSchema(argsSchema, { io: 'input' });
  const properties = Object.entries(schema.properties ?? {}) as [
    string,
    z.core.JSONSchema.BaseSchema,
  ][];
  return {
    name,
    title,
    description,
    arguments: properties.map(([argument, property]) => ({
      name: argument,
      ...(property.description !== undefined && { description: property.description }),
      required: schema.required?.includes(argument) ?? false,
    })),
  };
}
