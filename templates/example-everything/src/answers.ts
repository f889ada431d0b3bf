// Answers to what a tool or prompt has asked. They come from the client, so they are input like any
// other: `acceptedContent` checks them against the schema of the question.
import { inputResponse, type ServerContext } from '@modelcontextprotocol/server';

/** Whether the person was asked and would rather not say; asking again would be impolite. */
export function isRefused({ mcpReq }: ServerContext, key: string): boolean {
  const response = inputResponse(mcpReq.inputResponses, key);
  return response.kind === 'elicit' && response.action !== 'accept';
}

/** What became of a question to a person, in words; undefined while there is no answer. */
export function describeAnswer({ mcpReq }: ServerContext, key: string): string | undefined {
  const response = inputResponse(mcpReq.inputResponses, key);
  if (response.kind !== 'elicit') return undefined;
  return `action=${response.action}, content=${JSON.stringify(response.content ?? {})}`;
}

/** The text that the client's model has written; undefined while there is none. */
export function sampledText({ mcpReq }: ServerContext, key: string): string | undefined {
  const response = inputResponse(mcpReq.inputResponses, key);
  if (response.kind !== 'sampling') return undefined;
  const { content } = response.result;
  return [content]
    .flat()
    .map((block) => (block.type === 'text' ? block.text : `[${block.type}]`))
    .join('\n');
}
