// A tool that uses the provider as the person who calls it. Tests put it beside the server's own:
//   vi.mock('../src/tools/index.js', async (original) => {
//     const { withProviderTool } = await import('./support/provider-tool.js');
//     return withProviderTool(await original());
//   });
import { z } from 'zod';
import { callerOf } from '../../src/auth/caller.js';
import { defineTool, type Tool } from '../../src/tools/tool.js';
import { type UpstreamAccess, upstreamAccess } from '../../src/upstream/access.js';

/** What the tool was given, call by call. */
export const given: UpstreamAccess[] = [];
/** Whom it ran for, whatever it was given. */
export const ranFor: (string | undefined)[] = [];

const callProvider = defineTool({
  name: 'call_provider',
  title: 'Call the provider',
  description: 'Gets a token of the provider.',
  inputSchema: z.object({}),
  async run(_input, context) {
    ranFor.push(callerOf(context)?.subject);
    given.push(await upstreamAccess(context));
    return { content: [{ type: 'text', text: 'done' }] };
  },
});

export function withProviderTool({ tools }: { tools: readonly Tool[] }) {
  return { tools: [...tools, callProvider] };
}
