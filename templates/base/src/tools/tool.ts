// What a tool is: a definition at module scope, so that no request pays for building it.
import {
  type CallToolResult,
  type InputRequiredResult,
  type Tool as ListedTool,
  ProtocolError,
  type ScopeChallengeHandler,
  type ServerContext,
  type ToolAnnotations,
} from '@modelcontextprotocol/server';
import type { z } from 'zod';
import { convertOnce, jsonSchemaOf } from '../json-schema.js';
import { log } from '../log.js';

/** A tool's answer; its structured content has the shape that `outputSchema` promises. */
type ToolResult<Output extends z.ZodObject> = Omit<CallToolResult, 'structuredContent'> & {
  structuredContent?: z.input<Output>;
};

export interface ToolDefinition<Input extends z.ZodObject, Output extends z.ZodObject> {
  name: string;
  title: string;
  description: string;
  inputSchema: Input;
  outputSchema?: Output;
  annotations?: ToolAnnotations;
  scopeChallenge?: ScopeChallengeHandler;
  /**
   * The tool sends log notifications while it works, so 2025-era clients need an event stream.
   * (For progress nothing has to be declared: a client that wants it says so in its request.)
   */
  streams?: boolean;
  run(
    input: z.output<Input>,
    context: ServerContext,
  ): ToolResult<Output> | InputRequiredResult | Promise<ToolResult<Output> | InputRequiredResult>;
}

export type Tool = ReturnType<typeof defineTool>;

/** Prepares a tool for the table in `index.ts`; the SDK checks input and output against the schemas. */
export function defineTool<Input extends z.ZodObject, Output extends z.ZodObject = z.ZodObject>(
  definition: ToolDefinition<Input, Output>,
) {
  const { name, streams = false, run, inputSchema, outputSchema, ...rest } = definition;
  const config = {
    ...rest,
    inputSchema: convertOnce(inputSchema),
    ...(outputSchema && { outputSchema: convertOnce(outputSchema) }),
  };
  const handler = async (input: unknown, context: ServerContext) => {
    try {
      return (await run(input as z.output<Input>, context)) as CallToolResult | InputRequiredResult;
    } catch (error) {
      if (error instanceof ProtocolError) throw error;
      // The SDK would show the message to the caller, and with it whatever a driver put into it.
      report(error, name);
      return {
        isError: true,
        content: [
          { type: 'text' as const, text: `${name} failed; the server's log has the reason.` },
        ],
      };
    }
  };
  return { name, streams, config, handler };
}

/** An error with `isForeseen` is no mistake of the tool: whoever throws it knows where it leads. */
function report(error: unknown, tool: string): void {
  const isForeseen = error instanceof Error && 'isForeseen' in error;
  if (isForeseen) log.info({ reason: error.message, tool }, 'A tool could not do it');
  else log.error({ err: error, tool }, 'A tool failed');
}

/** The entry of a tool in `tools/list`. */
export function describeTool({ name, config }: Tool): ListedTool {
  const { inputSchema, outputSchema, scopeChallenge: _, ...described } = config;
  return {
    name,
    ...described,
    inputSchema: jsonSchemaOf(inputSchema, 'input'),
    ...(outputSchema && { outputSchema: jsonSchemaOf(outputSchema, 'output') }),
  };
}
