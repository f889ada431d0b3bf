import { z } from 'zod';
import { noteA } from '../../media.js';
import { defineTool } from '../tool.js';

/** A sound as the result: base64, with its type. */
export const audioContent = defineTool({
  name: 'test_audio_content',
  title: 'A sound',
  description: 'Returns the note A, for a tenth of a second.',
  inputSchema: z.object({}),
  annotations: { readOnlyHint: true, openWorldHint: false },

  run() {
    return { content: [{ type: 'audio', data: noteA, mimeType: 'audio/wav' }] };
  },
});
