import { z } from 'zod';
import { changeWatched } from '../../watched.js';
import { defineTool } from '../tool.js';

/** Changes a resource, so that there is something to hear of for those who subscribed to it. */
export const changeWatchedResource = defineTool({
  name: 'change_watched_resource',
  title: 'Change a resource',
  description: 'Changes the text of test://watched-resource.',
  inputSchema: z.object({ text: z.string().max(1000).describe('The new text') }),
  annotations: { destructiveHint: false, idempotentHint: true, openWorldHint: false },

  run({ text }) {
    changeWatched(text);
    return { content: [{ type: 'text', text: 'The resource has changed.' }] };
  },
});
