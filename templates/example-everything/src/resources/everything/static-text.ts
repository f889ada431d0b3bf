import type { Resource } from '../resource.js';

const uri = 'test://static-text';

/** A text that never changes: one URI, one answer. */
export const staticText: Resource = {
  register(server) {
    server.registerResource(
      'static-text',
      uri,
      { title: 'A text', description: 'A text that never changes.', mimeType: 'text/plain' },
      () => ({ contents: [{ uri, mimeType: 'text/plain', text: 'The text of this resource.' }] }),
    );
  },
};
